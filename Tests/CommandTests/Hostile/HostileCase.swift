import Testing

/// One repository that somebody evil made. What the program says to it is in `Tests/Fixtures/hostile`.
struct HostileCase: Sendable, CustomTestStringConvertible {
  /// What the attacker tries.
  var name: String
  var tree: @Sendable () -> GitTree
  /// Of the commit.
  var author: String
  /// Whether `repo add` takes it, because it can do no harm.
  var isTaken: Bool
  /// Commands that are tried with one that is taken, their words divided by spaces.
  var steps: [String]

  var testDescription: String { name }

  init(refused name: String, _ tree: @escaping @Sendable () -> GitTree) {
    self.init(name, isTaken: false, steps: [], author: nil, tree)
  }

  init(taken name: String, then steps: [String], author: String? = nil, _ tree: @escaping @Sendable () -> GitTree) {
    self.init(name, isTaken: true, steps: steps, author: author, tree)
  }

  private init(
    _ name: String, isTaken: Bool, steps: [String], author: String?, _ tree: @escaping @Sendable () -> GitTree
  ) {
    (self.name, self.tree, self.isTaken, self.steps) = (name, tree, isTaken, steps)
    self.author = author ?? "Mallory <mallory@example.org>"
  }

  /// Files beside a recipe that is in order, so that only they can be to blame.
  static func with(_ files: [(path: String, node: GitTree)]) -> GitTree {
    .paths([("recipes/good.lua", .text(HostileStage.harmless))] + files)
  }

  /// A recipe `evil` with a top level of this text.
  static func recipe(_ top: String, more: [(path: String, node: GitTree)] = []) -> GitTree {
    with([("recipes/evil.lua", .text(top))] + more)
  }
}
