import Formats
import Hosts

/// The system's files on which logins depend, apart from the account's keys. Changing them requires a proof.
package enum LoginFiles {
  /// Files outside sshd's own options: accounts, PAM, TCP wrappers.
  private static let system: [Watched.Folder] = [
    Watched.Folder(
      path: "/etc",
      names: [
        "passwd", "shadow", "group", "gshadow", "passwd-", "shadow-", "group-", "gshadow-", "master.passwd", "spwd.db",
        "pwd.db", "nologin", "hosts.allow",
        "hosts.deny", "nsswitch.conf", "shells", "pam.conf", "login.access",
      ]),
    Watched.Folder(path: "/run", names: ["nologin"]), Watched.Folder(path: "/var/run", names: ["nologin"]),
    Watched.Folder(path: "/etc/pam.d", names: ["*"]), Watched.Folder(path: "/etc/security", names: ["*"]),
    Watched.Folder(path: "/etc/dropbear", names: ["*"]),
  ]
  /// Files outside a home for the environment of shells, some read only with a terminal.
  private static let systemStartup: [Watched.Folder] = [
    Watched.Folder(
      path: "/etc",
      names: [
        "environment", "bash.bashrc", "bashrc", "profile", "inputrc", "zshenv", "zprofile", "zshrc", "zlogin",
        "csh.cshrc", "csh.login", "ksh.kshrc",
      ]),
    Watched.Folder(path: "/etc/profile.d", names: ["*"]),
    Watched.Folder(path: "/etc/zsh", names: ["zshenv", "zprofile", "zshrc", "zlogin"]),
  ]

  /// Files read by shells and sshd before each command.
  private static let startup = [
    ".bashrc", ".bash_profile", ".bash_login", ".profile", ".zshenv", ".zshrc", ".zprofile", ".zlogin", ".cshrc",
    ".tcshrc", ".login", ".kshrc", ".mkshrc", ".pam_environment", ".inputrc",
  ]
  private static let keys = ["authorized_keys", "authorized_keys2", "rc", "environment"]

  /// The directories of programs, libraries and devices for a login. Every account must be able to enter them.
  private static let ways = [
    "/", "/bin", "/dev", "/etc", "/lib", "/lib32", "/lib64", "/sbin", "/usr", "/usr/bin", "/usr/lib",
    "/usr/lib32", "/usr/lib64", "/usr/libexec", "/usr/local", "/usr/local/bin", "/usr/local/lib", "/usr/sbin",
  ]
  /// Below these directories, any file may be run or loaded by a login.
  private static let programs = [
    "/bin/", "/lib/", "/lib32/", "/lib64/", "/sbin/", "/usr/bin/", "/usr/lib/", "/usr/lib32/", "/usr/lib64/",
    "/usr/libexec/", "/usr/sbin/",
  ]
  /// sshd's privilege-separation directories. sshd exits unless they belong to root and only root can write to them.
  private static let cells = [
    "/run/sshd", "/var/run/sshd", "/var/empty", "/var/empty/sshd", "/var/lib/empty", "/var/chroot/ssh",
    "/usr/share/empty.sshd",
  ]

  private static func home(_ facts: Facts) -> String { facts.physicalHome.isEmpty ? facts.home : facts.physicalHome }

  private static func folders(_ facts: Facts) -> [Watched.Folder] {
    let home = home(facts)
    let config = Reader.parent(of: facts.platform.sshdConfig)
    return [
      Watched.Folder(path: home, names: startup), Watched.Folder(path: home + "/.ssh", names: keys),
      Watched.Folder(path: config, names: ["*"]), Watched.Folder(path: config + "/sshd_config.d", names: ["*"]),
    ] + system + systemStartup
  }

  /// Whether the file is one of those that shells read when they start, and so may end a terminal's shell alone.
  static func isStartup(_ path: String, _ facts: Facts) -> Bool {
    isIn([Watched.Folder(path: home(facts), names: startup)] + systemStartup, path)
  }

  /// Whether logins depend on the mode and owner of the path: accounts must be able to enter or run it.
  ///
  /// - Parameter shell: the account's shell, under all its names.
  static func isOnTheWay(_ path: String, _ shell: [String]) -> Bool {
    ways.contains(path) || cells.contains(path) || programs.contains(where: path.hasPrefix)
      || shell.contains { $0 == path || directories(above: $0).contains(path) }
  }

  /// Whether the path is where programs and libraries are.
  static func isProgram(_ path: String) -> Bool { programs.contains(where: path.hasPrefix) || ways.contains(path) }

  /// Whether the path is a private host key. sshd keeps host keys in memory until its next start.
  static func isHostKey(_ path: String, _ way: KeyLocations?) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return name.hasPrefix("ssh_host_") && name.hasSuffix("_key") || way?.hostKeys.contains(path) == true
  }

  /// Whether logins depend on the file, by its path alone.
  package static func contains(_ path: String, _ facts: Facts, _ way: KeyLocations) -> Bool {
    if path == facts.shell || way.keysPaths.contains(path) || way.hostKeys.contains(path) { return true }
    return isListed(path, facts)
  }

  private static func isListed(_ path: String, _ facts: Facts) -> Bool {
    isIn(folders(facts), path)
  }

  private static func isIn(_ folders: [Watched.Folder], _ path: String) -> Bool {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    let parent = Reader.parent(of: path)
    return folders.contains { folder in
      folder.path == parent && folder.names.contains { HostPattern.matches(name, list: [$0]) }
    }
  }

  /// Whether the file belongs to sshd's configuration, which sshd reads only at a reload.
  package static func isConfig(_ path: String, _ facts: Facts, _ way: KeyLocations?) -> Bool {
    let main = facts.platform.sshdConfig
    let folder = Reader.parent(of: main) + "/sshd_config.d"
    return path == main || path == folder || Reader.parent(of: path) == folder
      || way?.includes.contains(path) == true
  }

  /// Whether no login reads the changed file, so that no proof is needed: an account's own file or directory below the
  /// home, with no hidden name on the way. This is the only exception.
  static func isApart(_ act: Act, _ facts: Facts) -> Bool {
    guard act.account == .login, !facts.isRoot, let path = act.path.map(facts.plainPath) else { return false }
    let home = home(facts)
    guard home.count > 1, path.hasPrefix(home + "/") else { return false }
    return !path.dropFirst(home.count).contains("/.")
  }

  /// All files to watch during a command with unknown effects. Without root, files for root alone cannot be restored;
  /// only their state is compared.
  static func all(_ facts: Facts, _ way: KeyLocations, isRoot: Bool) -> Watched {
    let home = home(facts)
    var watched = Watched(paths: directories(above: home + "/.ssh/x"))
    let others = (way.keysPaths + way.hostKeys).filter { !isListed($0, facts) }
    let above = (others + [facts.shell]).flatMap(directories) + ways
    for path in above + [facts.shell] where !path.isEmpty && !watched.paths.contains(path) {
      watched.paths.append(path)
    }
    watched.folders = folders(facts)
    // Key files can be the account's own in any folder.
    let own = Watched(files: others).folders
    guard !isRoot else {
      watched.folders += own
      return watched
    }
    let foreign = watched.folders.filter { !$0.path.hasPrefix(home) }
    watched.folders = watched.folders.filter { $0.path.hasPrefix(home) } + own
    watched.paths +=
      foreign.flatMap { folder in
        folder.names.filter { $0 != "*" }.map { folder.path + "/" + $0 }
      } + [facts.platform.sshdConfig] + way.includes
    return watched
  }

  /// `/`, `/home`, `/home/pi` for `/home/pi/x`.
  static func directories(above path: String) -> [String] {
    var all: [String] = []
    var current = path
    while current != "/" {
      current = Reader.parent(of: current)
      all.insert(current, at: 0)
    }
    return all
  }
}
