import Formats

/// One of several equal parts of a command's hosts, each worked on by another machine.
package struct Shard: Sendable, Hashable, CustomStringConvertible {
  /// From 1.
  package let index: Int
  package let count: Int

  /// - Returns: `nil` unless `index` is from 1 to `count`.
  package init?(_ index: Int, of count: Int) {
    guard count >= 1, (1...count).contains(index) else { return nil }
    self.index = index
    self.count = count
  }

  /// - Parameter text: `3/10`.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let index = parts[0], let count = parts[1] else { return nil }
    self.init(index, of: count)
  }

  package var description: String { "\(index)/\(count)" }

  package func contains(_ name: String) -> Bool { Self.index(of: name, among: count) == index }

  /// The shard of a name by rendezvous hashing: each shard has a weight for the name, and the heaviest gets it. The
  /// weights depend on the name alone, so a host stays in the same shard when other hosts come and go, and a further
  /// shard takes only a share from the other shards.
  ///
  /// The weight of shard `n` is the `n`th number of SplitMix64 seeded with the first eight bytes of the name's SHA-256.
  ///
  /// - Returns: from 1 to `count`.
  package static func index(of name: String, among count: Int) -> Int {
    let seed = SHA256.digest(Array(name.utf8)).prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    var state = seed
    var best = (index: 1, weight: UInt64(0))
    for index in 1...count {
      state &+= 0x9E37_79B9_7F4A_7C15
      var weight = state
      weight = (weight ^ weight >> 30) &* 0xBF58_476D_1CE4_E5B9
      weight = (weight ^ weight >> 27) &* 0x94D0_49BB_1331_11EB
      weight ^= weight >> 31
      if weight > best.weight { best = (index, weight) }
    }
    return best.index
  }
}
