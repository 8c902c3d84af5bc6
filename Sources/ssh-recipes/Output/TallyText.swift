import Runs

extension Tally {
  /// `2 changes, 1 more perhaps`; `perhaps 1 change`; `no changes`.
  ///
  /// - Parameters:
  ///   - noun: the word for one change.
  ///   - nouns: the word for several.
  func changes(_ noun: String = "change", _ nouns: String = "changes") -> String {
    switch (changed, perhaps) {
    case (0, 0): "no \(nouns)"
    case (0, let perhaps): "perhaps " + counted(perhaps, noun, nouns)
    case (let changed, 0): counted(changed, noun, nouns)
    case (let changed, let perhaps): "\(counted(changed, noun, nouns)), \(perhaps) more perhaps"
    }
  }
}
