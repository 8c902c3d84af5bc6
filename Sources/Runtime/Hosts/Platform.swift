/// How one kind of system does things: how it is recognised, how sshd is restarted there, where its log is, where keys
/// live, what a person clicks. Data only; each is read from a small Lua file.
package struct Platform: Sendable, Hashable {
  /// `debian`, `synology_dsm7`.
  package var name: String
  /// `Synology DSM 7`.
  package var title: String
  /// All of one alternative must hold; alternatives are tried in order.
  package var detect: [[Condition]] = []
  /// Higher is asked first; a special system goes before the general one that it is made from.
  package var priority = 0
  /// Ways to make sshd read its configuration again; the first that is there is taken.
  package var reload: [ServiceCommand] = []
  package var restart: [ServiceCommand] = []
  package var logs: [LogSource] = []
  /// Paths of sshd where it is not in `PATH`.
  package var sshd: [String] = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd", "/bin/sshd"]
  package var sshdConfig = "/etc/ssh/sshd_config"
  /// Where the server reads keys if that cannot be asked: `%h/.ssh/authorized_keys`, with `%h` and `%u` as in sshd_config(5).
  package var authorizedKeys = "%h/.ssh/authorized_keys"
  /// The same for root where it is another place (OpenWrt's dropbear).
  package var rootAuthorizedKeys: String?
  /// Debian's patch: group write is tolerated when the group has no other member.
  package var toleratesPrivateGroups = false
  /// Why sshd_config must not be edited here: the vendor's own layer writes it anew. `nil`: it may.
  package var configOwner: String?
  /// What a person does on the device: `ssh_off`, `homes_off`, `autoblock`, `restart_ssh` …, each whole sentences.
  package var clicks: [String: String] = [:]
  /// Other things that recipes ask for by name.
  package var notes: [String: String] = [:]

  package init(name: String, title: String) {
    self.name = name
    self.title = title
  }

  package enum Condition: Sendable, Hashable {
    /// The file is there and, if text is given, has it.
    case file(String, contains: String?)
    /// `/etc/os-release` has this as `ID`, or among the words of `ID_LIKE`.
    case os(String)
    case command(String)
    case system(String)
    /// The server's banner starts with this.
    case banner(String)
  }

  /// A command of the system, to be run as root, and what must be there for it.
  package struct ServiceCommand: Sendable, Hashable {
    package var command: String
    /// The command or absolute path that must exist.
    package var needs: String
    package init(command: String, needs: String) {
      self.command = command
      self.needs = needs
    }
  }

  /// Where sshd's lines are: a file, or a command that prints them.
  package enum LogSource: Sendable, Hashable {
    case file(String)
    /// `command` prints the newest `$1` lines; `follow` goes on printing new ones.
    case command(String, follow: String?, needs: String)
  }

  /// What is assumed where no platform fits: POSIX, and the names that most systems use.
  package static let generic: Platform = {
    var generic = Platform(name: "generic", title: "an unknown Unix")
    generic.reload = [
      ServiceCommand(command: "systemctl reload ssh || systemctl reload sshd", needs: "systemctl"),
      ServiceCommand(command: "rc-service sshd reload", needs: "rc-service"),
      ServiceCommand(command: "service ssh reload || service sshd reload", needs: "service"),
    ]
    generic.restart = [
      ServiceCommand(command: "systemctl restart ssh || systemctl restart sshd", needs: "systemctl"),
      ServiceCommand(command: "rc-service sshd restart", needs: "rc-service"),
      ServiceCommand(command: "service ssh restart || service sshd restart", needs: "service"),
    ]
    generic.logs = [
      .command("journalctl -u ssh -u sshd -n \"$1\" --no-pager", follow: nil, needs: "journalctl"),
      .file("/var/log/auth.log"), .file("/var/log/secure"), .file("/var/log/messages"),
    ]
    return generic
  }()
}

extension Platform.Condition {
  func holds(for facts: Facts) -> Bool {
    switch self {
    case .file(let path, let text):
      guard let content = facts.markers[path] else { return false }
      return text.map { content.contains($0) } ?? true
    case .os(let name): return facts.osNames.contains(name)
    case .command(let name): return facts.commands[name] != nil
    case .system(let name): return facts.system == name
    case .banner(let prefix): return facts.serverSoftware.hasPrefix(prefix)
    }
  }
}

extension Platform {
  /// The platform of highest priority of which one alternative holds whole; ``generic`` when there is none.
  package static func fitting(_ facts: Facts, among platforms: [Platform]) -> Platform {
    platforms.sorted { ($0.priority, $1.name) > ($1.priority, $0.name) }
      .first { platform in platform.detect.contains { $0.allSatisfy { $0.holds(for: facts) } } } ?? .generic
  }

  /// Files that the first script must look at so that this platform can be recognised.
  package var markerFiles: [String] {
    detect.joined().compactMap { condition in
      switch condition {
      case .file(let path, _): path
      case .os: Facts.osRelease
      default: nil
      }
    }
  }

  /// Commands that the first script must look for.
  package var markerCommands: [String] {
    let detected: [String] = detect.joined().compactMap { if case .command(let name) = $0 { name } else { nil } }
    let services = (reload + restart).map(\.needs)
    let logs: [String] = logs.compactMap { if case .command(_, _, let needs) = $0 { needs } else { nil } }
    return detected + services + logs
  }
}

extension Facts {
  static let osRelease = "/etc/os-release"

  /// The names that os-release(5) gives the system, its own first.
  var osNames: [String] {
    let lines = (markers[Self.osRelease] ?? "").split(whereSeparator: \.isNewline)
    return ["ID=", "ID_LIKE="].flatMap { key in
      lines.last { $0.hasPrefix(key) }.map { line in
        line.dropFirst(key.count).split { " \"'".contains($0) }.map(String.init)
      } ?? []
    }
  }
}
