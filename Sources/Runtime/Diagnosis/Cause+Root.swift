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
      "is not in the sudoers file", "may not run sudo", "is not allowed to execute", "is not allowed to run sudo",
      "doas: Operation not permitted",
    ])

  package static let sudoWrongPassword = Cause(
    "sudo-wrong-password", noRoot,
    "{tool} refused the password",
    fix: ["sudo and doas want {user}'s own password, su wants root's"],
    signs: ["incorrect password attempt", "doas: Authentication failed", "su: Authentication failure"])

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

  package static let root = [maxSessions, sudoTTY, sudoNotAllowed, sudoWrongPassword, noRootTool]
}
