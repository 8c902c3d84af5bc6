extension Cause {
  package static let pubkeyOff = Cause(
    "pubkey-off", "the server does not take keys",
    "publickey is not among the ways in which the server lets {user} in: PubkeyAuthentication is off, or a Match block or "
      + "AuthenticationMethods says otherwise",
    fix: [
      "in a recipe: host:edit_config { options = { PubkeyAuthentication = \"yes\" } }, then host:restart_ssh {}",
      "where a Match block decides, edit_config names its line: change that by hand, then: sudo systemctl reload ssh",
    ])

  package static let notAllowedUser = Cause(
    "not-allowed-user", "the server does not let this account in",
    "{option} in sshd_config does not allow {user}",
    fix: ["{remedy}", "then let sshd read its configuration again: sudo systemctl reload ssh (or sshd)"],
    signs: [
      "not allowed because not listed in AllowUsers", "not allowed because listed in DenyUsers",
      "groups are listed in AllowGroups", "a group is listed in DenyGroups", "not in any group",
    ])

  package static let rootLogin = Cause(
    "root-login", "the server does not let root in",
    "PermitRootLogin in sshd_config forbids this way for root",
    fix: ["log in as another account and use sudo"],
    signs: ["ROOT LOGIN REFUSED", "root login rejected"])

  package static let accountLocked = Cause(
    "account-locked", "the server does not let this account in",
    "the account is locked: its password field starts with ! or *LK*, and this sshd does not ask PAM",
    fix: ["sudo usermod -U {user} || sudo usermod -p '*' {user}"], signs: ["account is locked"])

  package static let accountPAM = Cause(
    "pam", "the server does not let this account in",
    "the system's account rules (PAM) refuse it",
    fix: [
      "on a Mac: sudo dseditgroup -o edit -a {user} -t user com.apple.access_ssh",
      "elsewhere, as an administrator: ls /run/nologin /etc/nologin; sudo chage -l {user}; sudo passwd -S {user}",
    ],
    signs: ["by PAM account configuration"])

  static let unknownUser = Cause(
    "unknown-user", "the server refused the login",
    "the account may not exist: sshd never tells a client, and refuses all it offers",
    fix: ["check the account's name: {target}"],
    signs: ["Invalid user", "Login attempt for nonexistent user", "illegal user"])

  package static let wrongPassword = Cause(
    "wrong-password", "the password was refused",
    "the password is wrong, or the account \"{user}\" does not exist, or the server keeps the account out: a list of its "
      + "sshd_config (AllowUsers, DenyUsers, AllowGroups, DenyGroups; for root PermitRootLogin), a locked account, or a login "
      + "shell that is not there. sshd answers the same to all of these",
    fix: [
      "check the account's name and its password",
      "a Raspberry Pi set up since April 2022 has no account \"{pi}\" unless one was made",
      "sshd's log tells which it is; on the host's own console: sudo journalctl -u ssh -u sshd -n 20",
    ], signs: ["Failed password for", "Permission denied, please try again"])

  package static let wrongAnswers = Cause(
    "wrong-answers", "the answers were refused",
    "the server asked {questions}, and one of the answers was wrong; it does not say which",
    fix: ["check the password, and take a new code: most are good for half a minute, and only once"])

  package static let noWayIn = Cause(
    "no-way-in", "the server refused the login",
    "no key was accepted, and no password was tried; the server takes: {text}",
    fix: ["give a password when asked, with --password-command{agent}"])

  package static let keysOnly = Cause(
    "keys-only", "the server refused the login",
    "no key was accepted, and the server takes no password; it takes: {text}",
    fix: [
      "log in with a key that the server knows: --key FILE, or ssh-add FILE",
      "put the public key there by another way: the host's own console, or the web page of the host's provider",
    ])

  package static let accountRefused = Cause(
    "account-refused", "the server does not let this account in",
    "the {what} may be right: the server ended the connection after it, in place of asking again, as it does when the "
      + "system's rules (PAM) keep {user} out; most often, in this order: a file nologin for maintenance, an expired or "
      + "locked account, a list of accounts or hosts (pam_access), a time limit of the login; root by PermitRootLogin",
    fix: [
      "read sshd's reason on the host: sudo journalctl -u ssh -u sshd -n 20",
      "as an administrator: ls /run/nologin /etc/nologin; sudo chage -l {user}; sudo passwd -S {user}",
    ])

  package static let accountExpired = Cause(
    "account-expired", "the server does not let this account in",
    "the account {user} has expired",
    fix: [
      "as an administrator: sudo chage -E -1 {user}",
      "where its password has been too old for too long: sudo chage -I -1 {user}, and sudo passwd {user}",
    ],
    signs: ["account has expired", "Account expired", "has expired (account expired)"])

  package static let moreNeeded = Cause(
    "more-needed", "the key alone is not enough",
    "the server accepts {done} and wants {more} as well (AuthenticationMethods in its sshd_config)",
    fix: ["that is the server's rule; an administrator can change AuthenticationMethods"],
    signs: ["with partial success"])

  package static let noShell = Cause(
    "no-shell", "the login worked, but the account has no shell",
    "the server let {user} in, and the account's shell ended at once: {text}",
    fix: [
      "on a Synology: Control Panel > User & Group > the account > User Groups > administrators",
      "elsewhere: sudo chsh -s /bin/sh {user}",
    ],
    signs: [
      "This account is currently not available", "account is not available", "has invalid shell",
      "not allowed because shell",
    ])

  package static let forcedCommand = Cause(
    "forced-command", "the login worked, but the key is for one command alone",
    "{line} of {path} has a command= before the key, so sshd runs that in place of every other: {text}",
    fix: [
      "log in with another key, which has a line of its own: --key FILE",
      "or take the command= out of {line} of {path}, if nothing needs it",
    ], signs: ["Forced command"])

  package static let forcedCertificate = Cause(
    "forced-certificate", "the login worked, but the certificate is for one command alone",
    "the certificate of the key has a force-command, so sshd runs that in place of every other: {text}",
    fix: [
      "log in with another key or certificate: --key FILE",
      "ask for a certificate without force-command; see its options: ssh-keygen -Lf FILE-cert.pub",
    ])

  package static let sftpOnly = Cause(
    "sftp-only", "the login worked, but the account may transfer files only",
    "sshd gives {user} SFTP and no commands (ForceCommand internal-sftp, or such a login shell)",
    fix: ["take another account, or look at ForceCommand in sshd_config and at: getent passwd {user}"],
    signs: ["allows sftp connections only", "This account is restricted by rssh"])

  package static let restrictedShell = Cause(
    "restricted-shell", "the login worked, but the account has a restricted shell",
    "the shell of {user} forbids what recipes need: {text}",
    fix: ["take another account, or see which shell it is: getent passwd {user}"],
    signs: [": restricted", "*** forbidden", "command not allowed", "unknown command: exec"])

  package static let otherProgram = Cause(
    "other-program", "the login worked, but the server ran another program",
    "the server let {user} in and ran something that ended without a command of ours: {text}. It is one of: a "
      + "ForceCommand in sshd_config, a login shell that is none (nologin, false, a menu), or a start-up file that "
      + "ends or replaces the shell",
    fix: [
      "see which shell it is: getent passwd {user}; and whether sshd_config has a ForceCommand",
      "on a Synology: Control Panel > User & Group > the account > User Groups > administrators",
    ])

  package static let sealedHome = Cause(
    "sealed-home", "the home is encrypted while nobody is logged in",
    "{path} is mounted only while a session is open, so sshd finds the key during this run, and not afterwards",
    fix: [
      "keep the keys outside, in sshd_config: AuthorizedKeysFile /etc/ssh/keys/%u; the home then stays closed until a "
        + "password opens it"
    ])

  /// The words of a shell that finds no `sh`.
  static let brokenPath = Cause(
    "broken-path", "the login worked, but the account's PATH has no sh",
    "a start-up file, ~/.ssh/environment or /etc/environment sets a PATH without /bin and /usr/bin: {text}",
    fix: ["mend PATH in .bashrc, .profile, .zshenv or ~/.ssh/environment of {user}"],
    signs: ["exec: sh: not found", "sh: command not found", "exec: sh: No such file"])

  static let noShellFile = Cause(
    "no-shell-file", "the login worked, but the account's shell is not there",
    "the server let {user} in and could not start the shell: {text}. Most often, a ChrootDirectory in sshd_config has no "
      + "such program, or lacks its libraries",
    fix: ["take another account, or see as an administrator: sudo sshd -T -C user={user} | grep -i chroot"],
    signs: ["sh: No such file or directory"])

  package static let openAccount = Cause(
    "open-account", "the server lets the account in without key or password",
    "{user} has an empty password and sshd_config has PermitEmptyPasswords yes, or it has AuthenticationMethods none: everybody "
      + "gets in, and the server looks at no key, so no key can be proved",
    fix: [
      "where the password is empty, give the account one: sudo passwd {user}; or, in sshd_config: PermitEmptyPasswords no",
      "where sshd_config has AuthenticationMethods none, take that line out",
    ])

  package static let shellDenied = Cause(
    "shell-denied", "the login worked, but the account's shell may not be started",
    "the server let {user} in, and the system does not let {path} run: its mode, a directory above it, or a file system that "
      + "is mounted noexec",
    fix: [
      "see which of them, as another account: namei -l {path}; findmnt -o TARGET,OPTIONS -T {path}",
      "correct that; or give the account another shell: sudo usermod -s /bin/sh {user}",
    ])

  static let noSession = Cause(
    "no-session", "the login worked, but the server opens no session",
    "the server lets {user} forward connections, and refuses sessions: MaxSessions 0 in its sshd_config, or no process "
      + "can be started there",
    fix: ["take another account or host, or see as an administrator: sudo sshd -T | grep -i maxsessions"],
    signs: [": open failed: "])

  package static let sessionEnded = Cause(
    "session-ended", "the login worked, and the session ended at once",
    "no command began: the connection broke, or the server ends the session of {user}: a ChrootDirectory or a directory "
      + "above it that is not root's alone, PAM, or a limit",
    fix: [
      "run it again; if that ends in the same way, sshd's log tells why; on the host's own console: sudo journalctl -u "
        + "ssh -u sshd -n 20"
    ],
    signs: [sessionEndedSign])

  package static let sessionEndedSign = "no command began in the session"

  package static let passwordExpired = Cause(
    "password-expired", "the login worked, but the password has expired",
    "the system wants a new password before it does anything else",
    fix: ["log in by hand and change it: ssh -t {login} passwd"],
    signs: [
      "password has expired", "Password change required", "must change your password",
      "required to change your password",
    ])

  package static let booting = Cause(
    "booting", "the host is still starting up",
    "the system lets only root in until it has started",
    fix: ["wait a minute and try again"], signs: ["System is booting up", "/run/nologin"])

  package static let refusedUnseen = Cause(
    "key-refused", "the server refused the key",
    "the key stands where sshd should read it and the modes are right; what else is wrong only the server's log tells",
    fix: ["read the log: sudo journalctl -u ssh -u sshd -n 50, or host:tail_log {} in a recipe"])

  package static let refusedNow = Cause(
    "key-refused-now", "the server refuses the key that it has just accepted",
    "{command} offered the key, and the server refused it, though it accepted the same key a moment ago: what it reads is not "
      + "the same for each login, as where the home is encrypted, or mounted only while a session is open",
    fix: [
      "read sshd's reason on the host: sudo journalctl -u ssh -u sshd -n 20",
      "where the home comes and goes, keep the keys outside, in sshd_config: AuthorizedKeysFile /etc/ssh/keys/%u",
    ])

  package static let noShellSigns = [
    booting, passwordExpired, accountExpired, sftpOnly, restrictedShell, noShell, noShellFile, brokenPath, noSession,
  ]
  package static let accounts = [
    notAllowedUser, rootLogin, accountLocked, accountPAM, moreNeeded, noShell, passwordExpired, accountExpired, booting,
    sftpOnly, forcedCommand, forcedCertificate, restrictedShell, noShellFile, shellDenied, openAccount, brokenPath,
    sealedHome, noSession, sessionEnded, otherProgram, unknownUser, accountRefused, keysOnly, wrongPassword,
    wrongAnswers, pubkeyOff, noWayIn, refusedUnseen, refusedNow,
  ]
}
