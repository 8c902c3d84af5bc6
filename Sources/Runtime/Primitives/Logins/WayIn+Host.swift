extension WayIn {
  /// Asks the host, once until sshd reads its configuration again: one round trip.
  ///
  /// - Throws: ``HostError``.
  static func known(to reader: Reader) async throws -> WayIn {
    if let known = reader.host.wayIn { return known }
    let facts = try await reader.facts()
    var way = WayIn(keysPaths: [KeysFilePlace.assumed(facts, given: nil).path], isStrict: true, includes: [])
    if !facts.isDropbear, let tree = try await KeysFilePlace.tree(reader) {
      way.includes = tree.files.keys.filter { $0 != tree.main }.sorted()
      way.isStrict = tree.firstValue(of: "StrictModes") != ["no"]
      if let patterns = tree.firstValue(of: "AuthorizedKeysFile") {
        way.keysPaths = patterns.filter { $0.lowercased() != "none" }.map { KeysFilePlace.expanded($0, facts) }
      }
    }
    reader.host.wayIn = way
    return way
  }
}
