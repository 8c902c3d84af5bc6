import Runs

extension Tally {
  /// `2 changes, and perhaps more by 1 failed command`; `no changes, except perhaps by 1 failed command`; `no changes`.
  ///
  /// - Parameters:
  ///   - noun: the word for one change.
  ///   - nouns: the word for several.
  func changes(_ noun: String = "change", _ nouns: String = "changes") -> String {
    switch (changed, perhaps) {
    case (0, 0): "no \(nouns)"
    case (0, let perhaps): "no \(nouns), except perhaps by " + counted(perhaps, "failed command")
    case (let changed, 0): counted(changed, noun, nouns)
    case (let changed, let perhaps):
      "\(counted(changed, noun, nouns)), and perhaps more by \(counted(perhaps, "failed command"))"
    }
  }
}
