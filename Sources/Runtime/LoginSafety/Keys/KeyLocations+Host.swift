import Formats
import Hosts

extension KeyLocations {
  /// The locations on the host, in one round trip. Asked once per reload of sshd, and once more as soon as root can ask
  /// sshd itself.
  ///
  /// - Parameter account: the account of the act; root asks sshd.
  /// - Throws: ``HostError``.
  package static func known(to reader: Reader, as account: Account = .login) async throws -> KeyLocations {
    let facts = try await reader.facts()
    let isRoot = account == .root || facts.isRoot
    let known = reader.host.keyLocations
    if let known, known.isAskedAsRoot || !isRoot { return known }
    var way: KeyLocations
    if let known {
      way = known
    } else {
      way = KeyLocations(keysPaths: [KeysFilePlace.assumed(facts, given: nil).path], isStrict: true, includes: [])
      way.add(try await filesOfTheLogin(reader))
    }
    if facts.isDropbear {
      way.isAskedAsRoot = isRoot
    } else if isRoot {
      try await way.ask(reader, facts)
    } else {
      try await way.read(reader, facts)
    }
    reader.host.keyLocations = way
    return way
  }

  private mutating func add(_ paths: [String]) {
    keysPaths += paths.filter { !keysPaths.contains($0) }
  }

  /// Asks `sshd -T` for this account: `Match` blocks count, and files readable only by root.
  private mutating func ask(_ reader: Reader, _ facts: Facts) async throws {
    isAskedAsRoot = true
    let snapshot: SSHDSnapshot
    do { snapshot = try await SSHDReader(reader).asRoot(connection: facts.connection) } catch HostError.rootRefused {
      return try await read(reader, facts)
    }
    read(snapshot, facts)
    guard let effective = snapshot.user else { return }
    isStrict = effective["StrictModes"] != ["no"]
    let paths = Self.paths((effective["AuthorizedKeysFile"] ?? []).flatMap(Self.words), facts)
    // Unread edits are not in effect: until the reload, sshd still uses the old path.
    if reader.host.waitsForRestart { add(paths) } else { keysPaths = paths }
    if let keys = effective["HostKey"] { hostKeys = keys }
  }

  private mutating func read(_ reader: Reader, _ facts: Facts) async throws {
    read(try await SSHDReader(reader).withoutRoot(), facts)
  }

  /// Only sshd is sure whether a `Match` applies to the login, so the paths of all blocks are included.
  private mutating func read(_ snapshot: SSHDSnapshot, _ facts: Facts) {
    guard let tree = snapshot.tree else { return }
    includes = Set(tree.files.keys).union(snapshot.links.values).filter { $0 != facts.platform.sshdConfig }.sorted()
    isStrict = tree.firstValue(of: "StrictModes") != ["no"]
    hostKeys = tree.firstValue(of: "HostKey") ?? []
    if let patterns = tree.firstValue(of: "AuthorizedKeysFile") {
      let known = keysPaths.dropFirst()
      keysPaths = Self.paths(patterns, facts)
      add(Array(known))
    }
    for line in tree.overrides(of: "AuthorizedKeysFile") { add(Self.paths(line.directive.arguments, facts)) }
  }

  private static func paths(_ patterns: [String], _ facts: Facts) -> [String] {
    patterns.filter { $0.lowercased() != "none" }.map { KeysFilePlace.expanded($0, facts) }
  }

  private static func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }

  /// The file with the key of the login. sshd tells each session the file and line (`PATH:LINE: key options: …`), the
  /// only source without root.
  static func filesOfTheLogin(_ reader: Reader) async throws -> [String] {
    try await reader.host.transport.login().serverNotes.compactMap { note in
      guard note.hasPrefix("/"), let end = note.firstRange(of: ": key options:")?.lowerBound,
        let colon = note[..<end].lastIndex(of: ":"), Int(note[note.index(after: colon)..<end]) != nil
      else { return nil }
      return String(note[..<colon])
    }
  }
}
