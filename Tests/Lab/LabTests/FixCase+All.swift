import Foundation

extension FixCase {
  static let all = server + files + accounts + root + client + algorithms

  private static let server = [
    FixCase(
      cause: "pubkey-off", name: "PubkeyAuthentication no", arranging: sshd("PubkeyAuthentication no"),
      words: "in a recipe: ", place: .recipe, completing: { $0.replacing(", then ", with: "; ") }),
    FixCase(
      cause: "not-allowed-user", name: "AllowUsers", arranging: sshd("AllowUsers pi"),
      body: login("key = '~/.ssh/id_ed25519', user = 'ada'"), words: "add ada to AllowUsers in sshd_config",
      place: .root,
      completing: { _ in adaHasKey + sshd("AllowUsers pi ada") }),
    FixCase(
      cause: "not-allowed-user", name: "DenyGroups",
      arranging: adaHasKey + "groupadd closed; usermod -aG closed ada; " + sshd("DenyGroups closed"),
      body: login("key = '~/.ssh/id_ed25519', user = 'ada'"),
      words: "take ada out of the group of DenyGroups in sshd_config: sudo ", place: .root,
      completing: { $0.replacing("GROUP", with: "closed") }),
    FixCase(
      cause: "keys-only", name: "no password taken", arranging: sshd("PasswordAuthentication no"),
      here: "mkdir other; mv .ssh/id_ed25519* other", body: "h:facts()", account: .withoutPassword,
      words: "log in with a key that the server knows: ", place: .arguments,
      completing: { String($0.prefix { $0 != "," }).replacing("FILE", with: "/root/other/id_ed25519") }),
    FixCase(
      cause: "key-needed-too", name: "a password and a key",
      arranging: sshd("AuthenticationMethods password,publickey"),
      here: "mkdir other; mv .ssh/id_ed25519* other", body: "h:facts()",
      words: "log in with a key that the server knows: ", place: .arguments,
      completing: { String($0.prefix { $0 != "," }).replacing("FILE", with: "/root/other/id_ed25519") }),
    FixCase(
      cause: "login-time", name: "a prompt that waits longer than the server",
      arranging: ": >~pi/.ssh/authorized_keys; " + sshd("LoginGraceTime 4"), body: "h:facts()",
      account: Account(name: "pi", password: "raspberry; sleep 6"),
      words: "as an administrator, set a longer LoginGraceTime in sshd_config", place: .root,
      completing: { _ in sshd("LoginGraceTime 60") }),
    FixCase(
      cause: "no-keys-file", name: "AuthorizedKeysFile none", arranging: sshd("AuthorizedKeysFile none"),
      words: "change AuthorizedKeysFile with edit_config", place: .recipe,
      completing: { _ in
        "h:edit_config { options = { AuthorizedKeysFile = '.ssh/authorized_keys' } } h:restart_ssh {}"
      }),
    FixCase(
      cause: "revoked-keys-file", name: "no such file", arranging: sshd("RevokedKeys /etc/ssh/revoked"),
      words: "make that file readable for root", place: .root, completing: { _ in "touch /etc/ssh/revoked" }),
    FixCase(
      cause: "max-sessions", name: "one session", arranging: sshd("MaxSessions 1"), body: becomesRoot,
      words: "raise MaxSessions in sshd_config to 3 or more", place: .root,
      completing: { _ in sshd("MaxSessions 3") }),
    FixCase(
      cause: "foreign-keys-file", name: "a directory of an administrator's",
      arranging: "mkdir /etc/ssh/k; echo >/etc/ssh/k/pi; " + sshd("AuthorizedKeysFile /etc/ssh/k/%%u"),
      body: "h:copy_id { key = key }; \(keyLogin)", words: "in a recipe: ", place: .recipe,
      completing: { String($0.prefix { $0 != "}" }) + "}" }),
    FixCase(
      cause: "key-not-installed", name: "another AuthorizedKeysFile",
      arranging: sshd("AuthorizedKeysFile .ssh/other_keys"), words: "in a recipe: ", place: .recipe,
      completing: { String($0.prefix { $0 != "}" }) + "}" }),
    FixCase(
      cause: "key-revoked", name: "the key in RevokedKeys",
      arranging: "cp ~pi/.ssh/authorized_keys /etc/ssh/revoked; " + sshd("RevokedKeys /etc/ssh/revoked"),
      words: "make a new key beside it: ssh-keygen", place: .here,
      completing: { command in
        // The next line of advice copies it; the run then uses it.
        "ssh-keygen -q -N ''\(command) && \(asking) ssh-copy-id -f -i .ssh/id_ed25519_new.pub \"$TARGET\" && "
          + "mv .ssh/id_ed25519_new .ssh/id_ed25519 && mv .ssh/id_ed25519_new.pub .ssh/id_ed25519.pub"
      }),
    FixCase(
      cause: "key-type", name: "RSA alone",
      arranging: sshd("PubkeyAcceptedAlgorithms rsa-sha2-512"), words: "make a key of another type: ssh-keygen",
      place: .here,
      completing: { command in
        "ssh-keygen -q -N '' -f .ssh/id_rsa\(command) && \(asking) ssh-copy-id -f -i .ssh/id_rsa.pub \"$TARGET\" && "
          + "mv .ssh/id_rsa .ssh/id_ed25519 && mv .ssh/id_rsa.pub .ssh/id_ed25519.pub"
      }),
  ]

  private static let files = [
    FixCase(
      cause: "bad-modes", name: "a home for everybody", arranging: "chmod 777 ~pi", words: "", place: .account),
    FixCase(
      cause: "bad-modes", name: "several paths", arranging: "chgrp users ~pi ~pi/.ssh; chmod 775 ~pi ~pi/.ssh",
      words: "",
      place: .account),
    FixCase(
      cause: "wrong-owner", name: "a directory and its file",
      arranging: "chown -R ada ~pi/.ssh; chmod 755 ~pi/.ssh; chmod 644 ~pi/.ssh/authorized_keys", words: "",
      place: .account),
    FixCase(
      cause: "unreadable-keys", name: "a file of root's, closed", arranging: "chown root ~pi/.ssh/authorized_keys",
      words: "in the account's own home: ", place: .account),
    FixCase(
      cause: "not-regular", name: "a directory",
      arranging: "rm ~pi/.ssh/authorized_keys; mkdir ~pi/.ssh/authorized_keys",
      words: "move it away, and copy the key again: ", place: .account,
      completing: { $0 + "; install -m 600 /tmp/key ~/.ssh/authorized_keys" }),
    FixCase(
      cause: "key-not-installed", name: "an empty file", arranging: ": >~pi/.ssh/authorized_keys",
      words: "put the public half there: ", place: .here, completing: { "\(asking) \($0)" }),
    FixCase(
      cause: "key-commented", name: "a comment", arranging: "sed -i 's/^/#/' ~pi/.ssh/authorized_keys",
      words: "take the # away", place: .account, completing: { _ in "sed -i 's/^#//' ~/.ssh/authorized_keys" }),
    FixCase(
      cause: "key-options", name: "from another address",
      arranging: "sed -i 's/^/from=\"192.0.2.1\" /' ~pi/.ssh/authorized_keys", words: "look at the options of line 1",
      place: .account, completing: { _ in "sed -i 's/^from=[^ ]* //' ~/.ssh/authorized_keys" }),
  ]

  private static let accounts = [
    FixCase(
      cause: "closed-home", name: "a directory above",
      arranging: "mkdir /srv/closed; mv /home/pi /srv/closed/pi; sed -i 's,:/home/pi:,:/srv/closed/pi:,' /etc/passwd; "
        + "chmod 700 /srv/closed",
      body: "h:copy_id { key = key }; \(keyLogin)", words: "as an administrator: ", place: .root),
    FixCase(
      cause: "no-home", name: "no directory", arranging: "rm -r ~pi",
      body: "h:copy_id { key = key }; \(keyLogin)", words: "elsewhere: ", place: .root),
    FixCase(
      cause: "wrong-owner", name: "a home of another account's", arranging: "rm -r ~pi/.ssh; chown 1017:1018 ~pi",
      body: "h:copy_id { key = key }; \(keyLogin)", words: "", place: .account),
    FixCase(
      cause: "account-locked", name: "locked, without PAM",
      arranging: adaHasKey + "usermod -L ada; " + sshd("UsePAM no"),
      body: login("key = '~/.ssh/id_ed25519', user = 'ada'"), words: "sudo ", place: .root, completing: { "sudo \($0)" }
    ),
    FixCase(
      cause: "account-expired", name: "expired", arranging: "chage -E 0 pi", words: "as an administrator: ",
      place: .root),
    FixCase(
      cause: "no-shell", name: "nologin", arranging: "chsh -s /usr/sbin/nologin pi", words: "elsewhere: ", place: .root),
    FixCase(
      cause: "forced-command", name: "command=", arranging: "sed -i 's/^/command=\"date\" /' ~pi/.ssh/authorized_keys",
      body: "h:facts()", account: .withoutPassword, words: "or take the command= out of line 1 of", place: .account,
      completing: { _ in "sed -i 's/^command=[^ ]* //' ~/.ssh/authorized_keys" }),
    FixCase(
      cause: "startup-files", name: "another shell", arranging: "echo 'exec fish' >~pi/.bashrc", body: "h:facts()",
      words: "let those lines run in interactive shells alone, such as: ", place: .account,
      completing: { "cat >~/.bashrc <<'EOF'\n\($0)\nEOF\n" }),
  ]

  private static let root = [
    FixCase(
      cause: "sudo-not-allowed", name: "not in the group", arranging: "deluser --quiet ada sudo", body: becomesRoot,
      account: .ada, words: "as an administrator: ", place: .root, completing: { String($0.prefix { $0 != "(" }) }),
    FixCase(
      cause: "sudo-limited", name: "one command alone",
      arranging: "deluser --quiet ada sudo; echo 'ada ALL=(root) /bin/ls' >/etc/sudoers.d/ada", body: becomesRoot,
      account: .ada, words: "as an administrator: sudo visudo, and add: ", place: .root,
      completing: { "echo '\($0)' >>/etc/sudoers.d/zz" }),
    FixCase(
      cause: "sudo-unusable", name: "no set-user-ID bit",
      arranging: "chmod 755 /usr/bin/sudo; rm -f /usr/bin/doas; chmod 700 /bin/su", body: becomesRoot, account: .ada,
      words: "where the set-user-ID bit is missing: ", place: .root),
  ]

  private static let client = [
    FixCase(
      cause: "private-key-modes", name: "a key for all", here: "chmod 644 .ssh/id_ed25519", words: "", place: .here),
    FixCase(
      cause: "client-config", name: "an option of macOS",
      here: "umask 077; printf 'Host *\\n UseKeychain yes\\n' >.ssh/config",
      words: "correct the line, or put in front of it, for options of other versions: ", place: .here,
      completing: { "sed -i '1i \($0.replacing("OPTION", with: "UseKeychain"))' .ssh/config" }),
    FixCase(
      cause: "client-config-modes", name: "a file for all", here: "echo >.ssh/config; chmod 666 .ssh/config",
      words: "where others may write to the file: ", place: .here),
    FixCase(
      cause: "not-offered", name: "IdentitiesOnly",
      here: "umask 077; ssh-keygen -q -t rsa -N '' -f .ssh/other; "
        + "printf 'Host *\\n IdentitiesOnly yes\\n IdentityFile ~/.ssh/other\\n' >.ssh/config",
      body: ownLogin, words: "in ~/.ssh/config, above other blocks: ", place: .here,
      completing: { atTop($0.replacing(", and below it: ", with: "\n").replacing("; ", with: "\n")) }),
  ]

  private static let algorithms = [
    ("kex", "KexAlgorithms diffie-hellman-group14-sha1"), ("a cipher", "Ciphers aes128-cbc"),
    ("a MAC", "Ciphers aes128-ctr\\nMACs hmac-md5"),
  ].map { name, lines in
    FixCase(
      cause: "old-algorithms", name: name, arranging: sshd(lines), words: "until then allow the old algorithm",
      place: .here,
      completing: { told in
        let words = told.split(separator: " ").map(String.init)
        return atTop(
          "Host \(words.drop { $0 != "Host" }.dropFirst().first.map { $0.filter { $0 != ":" } } ?? "")\n"
            + words.suffix(2).joined(separator: " "))
      })
  }

  private static let adaHasKey =
    "install -d -m 700 -o ada ~ada/.ssh; install -m 600 -o ada ~pi/.ssh/authorized_keys ~ada/.ssh/authorized_keys; "

  /// Answers ssh's prompts for the password.
  private static let asking =
    "printf '#!/bin/sh\\necho raspberry\\n' >ask && chmod 700 ask && SSH_ASKPASS=/root/ask SSH_ASKPASS_REQUIRE=force setsid"

  /// Lines for the beginning of the user's configuration.
  private static func atTop(_ lines: String) -> String {
    "umask 077; { printf '%s\\n' '\(lines)'; cat .ssh/config 2>/dev/null; } >new; mv new .ssh/config"
  }
}
