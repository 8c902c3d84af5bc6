/// The properties of an operating system: how to recognise it, how to restart sshd, the places of logs and keys, the
/// steps for the user on the device. Data only, each read from a small Lua file.
package struct Platform: Sendable, Hashable {
  /// `debian`, `synology_dsm7`.
  package var name: String
  /// `Synology DSM 7`.
  package var title: String
  /// Alternatives in order; all conditions of one alternative must hold.
  package var detect: [[Condition]] = []
  /// Platforms with a higher priority are tested first; a derived system precedes the general one.
  package var priority = 0
  /// Ways to make sshd reload the configuration; the first available way is used.
  package var reload: [ServiceCommand] = []
  package var restart: [ServiceCommand] = []
  package var logs: [LogSource] = []
  /// Paths of sshd on hosts without sshd in `PATH`.
  package var sshd: [String] = ["/usr/sbin/sshd", "/usr/local/sbin/sshd", "/usr/bin/sshd", "/bin/sshd"]
  package var sshdConfig = "/etc/ssh/sshd_config"
  /// The server's key file if sshd cannot be asked: `%h/.ssh/authorized_keys`, with `%h` and `%u` as in sshd_config(5).
  package var authorizedKeys = "%h/.ssh/authorized_keys"
  /// Root's key file, if elsewhere (OpenWrt's dropbear).
  package var rootAuthorizedKeys: String?
  /// Debian's patch: sshd tolerates group write for a group without other members.
  package var toleratesPrivateGroups = false
  /// Why recipes must not edit sshd_config: the vendor's own software overwrites it. `nil` if editing is fine.
  package var configOwner: String?
  /// Steps for the user on the device: `ssh_off`, `homes_off`, `autoblock`, `restart_ssh` …, in whole sentences.
  package var clicks: [String: String] = [:]
  /// Other texts that recipes request by name.
  package var notes: [String: String] = [:]

  package init(name: String, title: String) {
    self.name = name
    self.title = title
  }

  package enum Condition: Sendable, Hashable {
    /// The file exists and, if a text is given, contains the text.
    case file(String, contains: String?)
    /// `/etc/os-release` has this word in `ID` or `ID_LIKE`.
    case os(String)
    case command(String)
    case system(String)
    /// The server's banner starts with this text.
    case banner(String)
  }

  /// A system command, run as root, and its requirement.
  package struct ServiceCommand: Sendable, Hashable {
    package var command: String
    /// The command or absolute path that must exist.
    package var needs: String
    package init(command: String, needs: String) {
      self.command = command
      self.needs = needs
    }
  }

  /// The source of sshd's log lines: a file, or a command that prints them.
  package enum LogSource: Sendable, Hashable {
    case file(String)
    /// `command` prints the newest `$1` lines; `follow` goes on printing new lines.
    case command(String, follow: String?, needs: String)
  }

  /// The default for unrecognised systems: POSIX, and the most common names.
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
  /// The platform of highest priority with an alternative that holds completely; else ``generic``.
  package static func fitting(_ facts: Facts, among platforms: [Platform]) -> Platform {
    platforms.sorted { ($0.priority, $1.name) > ($1.priority, $0.name) }
      .first { platform in platform.detect.contains { $0.allSatisfy { $0.holds(for: facts) } } } ?? .generic
  }

  /// Files the login probe reads to recognise this platform.
  package var markerFiles: [String] {
    detect.joined().compactMap { condition in
      switch condition {
      case .file(let path, _): path
      case .os: Facts.osRelease
      default: nil
      }
    }
  }

  /// Commands the login probe looks for.
  package var markerCommands: [String] {
    let detected: [String] = detect.joined().compactMap { if case .command(let name) = $0 { name } else { nil } }
    let services = (reload + restart).map(\.needs)
    let logs: [String] = logs.compactMap { if case .command(_, _, let needs) = $0 { needs } else { nil } }
    return detected + services + logs
  }
}

extension Facts {
  static let osRelease = "/etc/os-release"

  /// The system's names from os-release(5), with `ID` first.
  var osNames: [String] {
    let lines = (markers[Self.osRelease] ?? "").split(whereSeparator: \.isNewline)
    return ["ID=", "ID_LIKE="].flatMap { key in
      lines.last { $0.hasPrefix(key) }.map { line in
        line.dropFirst(key.count).split { " \"'".contains($0) }.map(String.init)
      } ?? []
    }
  }
}
