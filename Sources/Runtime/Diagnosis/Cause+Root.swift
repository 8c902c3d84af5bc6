extension Cause {
  private static let noRoot = "root's rights could not be had"

  static let sudoTTY = Cause(
    "sudo-tty", noRoot,
    "{tool} wants a terminal (requiretty)",
    fix: ["sudo visudo, and add: Defaults:{user} !requiretty"],
    signs: ["you must have a tty", "a terminal is required to read the password"])

  package static let sudoNotAllowed = Cause(
    "sudo-not-allowed", noRoot,
    "{tool} does not allow {user} to become root",
    fix: [
      "as an administrator: sudo usermod -aG sudo {user} (on Fedora and Alpine the group is wheel)",
      "on a Synology: Control Panel > User & Group > the account > User Groups > administrators",
    ],
    signs: [
      "is not in the sudoers file", "may not run sudo", "is not allowed to run sudo", "not in the group wheel",
      "not in the correct group", "doas: Operation not permitted",
    ])

  package static let sudoLimited = Cause(
    "sudo-limited", noRoot,
    "{tool} does not allow {user} a shell as root: its rules name other commands, or another account",
    fix: ["as an administrator: sudo visudo, and add: {user} ALL=(ALL:ALL) ALL"],
    signs: ["is not allowed to execute"])

  package static let sudoWrongPassword = Cause(
    "sudo-wrong-password", noRoot,
    "{tool} refused the password",
    fix: ["{tool} asks for {whose} password on this host"],
    signs: wrongRootPasswordSigns)

  package static let sudoWrongAnswer = Cause(
    "sudo-wrong-answer", noRoot,
    "{tool} refused the password, or the answer to {text}",
    fix: ["try both by hand: ssh -t {login} {tool} -u root id; a one-time code counts only once"])

  /// Messages of sudo, doas and the implementations of su.
  package static let wrongRootPasswordSigns = [
    "incorrect password attempt", "Sorry, try again", "doas: Authentication failed", "su: Authentication failure",
    "su: incorrect password", "su: Sorry",
  ]

  package static let sudoUnusable = Cause(
    "sudo-unusable", noRoot,
    "{tool} cannot give root on this host: {text}",
    fix: [
      "log in as root, or correct it on the host's own console",
      "where the set-user-ID bit is missing: chown root:root /usr/bin/sudo && chmod 4755 /usr/bin/sudo",
      "where the \"no new privileges\" flag is set: take NoNewPrivileges out of sshd's unit (systemctl cat ssh sshd)",
      "where the rules are broken: visudo -c names the line",
      "where its file system is mounted noexec or nosuid: findmnt -T /usr/bin/sudo names the options",
    ],
    signs: [
      "must be owned by uid 0 and have the setuid bit", "must be setuid root", "effective uid is not 0",
      "no new privileges", "not installed setuid", "no valid sudoers sources",
      "is world writable", "is owned by uid", "is owned by gid", "unable to initialize policy plugin",
      "error initializing audit plugin", "doas is not enabled",
      "exec: sudo: Permission denied", "exec: doas: Permission denied",
    ])

  static let sudoPath = Cause(
    "sudo-path", noRoot,
    "sudo finds no shell for root: {text}; secure_path in sudoers lacks /bin and /usr/bin",
    fix: ["as root, with visudo: Defaults secure_path=\"/usr/sbin:/usr/bin:/sbin:/bin\""],
    signs: ["sudo: sh: command not found"])

  static let sudoNoExec = Cause(
    "sudo-noexec", noRoot,
    "root's shell may start no program: {text}; noexec or NOEXEC is set in sudoers",
    fix: ["see it: sudo -l; as root, with visudo: take out Defaults noexec, or NOEXEC: in the rule of {user}"],
    signs: [": id: Permission denied", ": sh: Permission denied", "sh: cannot execute: Permission denied"])

  package static let sudoRefused = Cause(
    "sudo-refused", noRoot,
    "{tool} refused, and says: {text}",
    fix: ["try it by hand: ssh -t {login} {tool} -u root id"],
    signs: ["account validation failure", "a password is required"])

  package static let sudoWaits = Cause(
    "sudo-waits", noRoot,
    "{tool} waits for something that ssh-recipes cannot answer; its last words: {text}",
    fix: ["see by hand what it asks for: ssh -t {login} {tool} -u root id"])

  package static let startupFiles = Cause(
    "startup-files", "the account's start-up files run another program",
    "the login worked, but the command that was sent did not start: .bashrc, .profile, .zshenv, config.fish, .ssh/rc or "
      + "the like runs another program in its place, waits for input, or closes the output; its last words: {text}",
    fix: ["let those lines run in interactive shells alone, such as: case $- in *i*) exec fish ;; esac"])

  package static let noRootTool = Cause(
    "no-root-tool", noRoot,
    "neither sudo nor doas nor su can be used there",
    fix: ["log in as root, or install sudo"])

  static let maxSessions = Cause(
    "max-sessions", "the server allows no more sessions on one connection",
    "MaxSessions in its sshd_config is too small: a recipe needs one session, one more for root, and one to end what "
      + "takes too long",
    fix: ["raise MaxSessions in sshd_config to 3 or more, and reload sshd; OpenSSH's default is 10"],
    signs: ["Session open refused by peer"])

  package static let root = [
    sudoPath, sudoNoExec, maxSessions, sudoTTY, sudoUnusable, sudoNotAllowed, sudoLimited, sudoWrongPassword,
    sudoWrongAnswer, sudoRefused, sudoWaits, startupFiles, noRootTool,
  ]
}
