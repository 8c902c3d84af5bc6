import Hosts

/// The paths on which an act's risk depends, with all their names through links.
package struct PathNames: Sendable {
  /// The names of the act's path.
  let act: Set<String>
  /// The names of each file with keys, in the order of ``KeyLocations/keysPaths``.
  let keys: [(written: String, names: Set<String>)]
  /// The names of the account's shell; empty if the act does not change access.
  let shell: [String]

  init(_ written: String, _ act: Act, _ way: KeyLocations, _ reader: Reader) async throws {
    let facts = try await reader.facts()
    let path = facts.plainPath(written)
    let files = way.keysPaths.map { facts.plainPath($0) } + (act.changesAccess ? [facts.plainPath(facts.shell)] : [])
    let real = try await reader.realPaths([path] + files, following: Set(files), as: act.account)
    func names(_ path: String) -> [String] { [path] + (real[path]?.all ?? []) }
    // The act is on the link itself: writers have already followed links to be followed.
    self.act = [path, real[path]?.place ?? path]
    keys = way.keysPaths.map { ($0, Set(names(facts.plainPath($0)))) }
    shell = act.changesAccess && !facts.shell.isEmpty ? names(facts.plainPath(facts.shell)) : []
  }

  var isKeys: Bool { keys.contains { !$0.names.isDisjoint(with: act) } }
  var isOnTheWayToKeys: Bool { keys.contains { isOnTheWay(to: $0.names) } }

  /// Whether the act is on one of these files, or on a directory above.
  func isOnTheWay(to names: Set<String>) -> Bool {
    act.contains { path in names.contains { Self.isOnTheWay(path, to: $0) } }
  }

  package static func isOnTheWay(_ path: String, to file: String) -> Bool {
    path == "/" || file == path || file.hasPrefix(path + "/")
  }
}

extension Facts {
  /// The path without `.`, `..` and double slashes, with the home's links resolved.
  package func plainPath(_ path: String) -> String {
    var words: [Substring] = []
    for word in path.split(separator: "/") where word != "." {
      if word == ".." { _ = words.popLast() } else { words.append(word) }
    }
    let plain = "/" + words.joined(separator: "/")
    guard !physicalHome.isEmpty, physicalHome != home else { return plain }
    if plain == home { return physicalHome }
    return plain.hasPrefix(home + "/") ? physicalHome + plain.dropFirst(home.count) : plain
  }
}

extension KeyLocations {
  /// The same locations, with each key file under all its names.
  func behindLinks(_ reader: Reader, as account: Account) async throws -> KeyLocations {
    let facts = try await reader.facts()
    let files = keysPaths.map { facts.plainPath($0) }
    let real = try await reader.realPaths(files, following: Set(files), as: account)
    var copy = self
    copy.keysPaths = []
    for path in files.flatMap({ [$0] + (real[$0]?.all ?? []) }) where !copy.keysPaths.contains(path) {
      copy.keysPaths.append(path)
    }
    return copy
  }
}
