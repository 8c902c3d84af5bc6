#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The login probe for this computer, without a process: some fifty would run before the first login, and once more for
/// each host that has a run of its own.
struct LocalProbe: Sendable {
  /// The files that mark a platform.
  var markers: [String]
  /// The names of programs to look for.
  var commands: [String]

  /// The folders in which runs leave the copies of a watchdog.
  private static let places = ["/etc/ssh", "/etc", "/tmp"]
  private static let rescue = "/run/ssh-recipes-rescue"
  private static let longestMarker = 4096

  /// The records of `probe-login.sh`, without the state of any file.
  ///
  /// - Returns: `nil` if only the script can tell: the account database does not know the account (a statically linked
  ///   program, LDAP), or an earlier run may have left something on this computer.
  func records() -> [UInt8]? {
    guard let account = Effective.account else { return nil }
    let physical = Self.realDirectory(account.home)
    guard !Self.exists(Self.rescue), !([physical ?? account.home] + Self.places).contains(where: Self.hasLeftovers)
    else { return nil }
    let system = Effective.system
    var lines = [
      "user \(account.name)", "uid \(geteuid())", "system \(system.name)", "name \(system.host)",
      "machine \(Self.machine)", "home \(account.home)", "physical \(physical ?? "")",
      "shell \(Self.variable("SHELL"))",
    ]
    if let physical, let type = SealedHome.type(of: physical, mounts: LocalFile.read("/proc/mounts")) {
      lines.append("sealed \(type)")
    }
    lines.append("connection \(Self.variable("SSH_CONNECTION"))")
    for marker in Set(markers).sorted() where Self.exists(marker) {
      lines.append("marker \(marker)")
      let bytes = LocalFile.read(marker, limit: Self.longestMarker).prefix(Self.longestMarker)
      var text = String(decoding: bytes, as: UTF8.self)
      if text.hasSuffix("\n") { text.removeLast() }
      lines += text.split(separator: "\n", omittingEmptySubsequences: false).map { "| \($0)" }
    }
    for name in Set(commands).sorted() {
      if let path = LocalPrograms.path(name) { lines.append("command \(name) \(path)") }
    }
    return Array((lines + ["", "files", ""]).joined(separator: "\n").utf8)
  }

  private static func hasLeftovers(_ folder: String) -> Bool {
    LocalFile.names(in: folder).contains { $0.hasPrefix(".ssh-recipes.") }
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0
  }

  private static func realDirectory(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    var status = stat()
    guard stat(real, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, access(real, X_OK) == 0 else { return nil }
    return String(cString: real)
  }

  /// As `machine.sh` finds it.
  private static var machine: Substring {
    for path in ["/etc/machine-id", "/var/lib/dbus/machine-id", "/etc/hostid"] {
      let line = String(decoding: LocalFile.read(path, limit: 128), as: UTF8.self).prefix { !$0.isNewline }
      if !line.isEmpty { return line.count < 32 ? line : line.prefix(12) }
    }
    return ""
  }

  private static func variable(_ name: String) -> String {
    // The records have one line for a variable.
    getenv(name).map { String(cString: $0) }?.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  }
}

/// A home that PAM mounts for a session, encrypted.
enum SealedHome {
  private static let types: Set<Substring> = ["ecryptfs", "fuse.encfs", "fuse.gocryptfs", "fuse.cryfs"]

  /// - Parameter mounts: the contents of `/proc/mounts`.
  static func type(of home: String, mounts: [UInt8]) -> String? {
    for line in String(decoding: mounts, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      guard words.count > 2, words[1] == home else { continue }
      if types.contains(words[2]) || words[0].hasPrefix("/dev/mapper/home-") { return String(words[2]) }
    }
    return nil
  }
}
