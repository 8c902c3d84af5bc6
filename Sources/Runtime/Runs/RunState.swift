import Contract
import Hosts
import Synchronization

/// The mutable state of a run, behind one lock that is held only briefly, never across a wait.
final class RunState: Sendable {
  struct Values {
    /// The title of each branch's current step.
    var steps: [Int: String] = [:]
    var parents: [Int: Int] = [:]
    /// The number of branches that have not ended.
    var branches = 0
    /// In bytes; see ``Run/hold(_:)``.
    var held = 0
    var changed = 0
    var unchanged = 0
    var warnings: [String] = []
    var notes: [String] = []
    var offeredKeys: [String] = []
    var secrets: [Secret] = []
    /// In bytes; see ``Run/count(_:)``.
    var said = 0
    /// `nil` until the recipe's declaration has been loaded.
    var needs: Set<Permission>?
  }

  private let values = Mutex(Values())

  func read<T: Sendable>(_ body: (borrowing Values) -> T) -> T { values.withLock { body($0) } }
  func update<T: Sendable>(_ body: (inout Values) -> T) -> T { values.withLock { body(&$0) } }

  /// The step of a branch or, if none, of its parent branch.
  func step(of branch: Int) -> String? {
    values.withLock { values in
      var branch = branch
      while values.steps[branch] == nil, let parent = values.parents[branch] { branch = parent }
      return values.steps[branch]
    }
  }
}

/// Numbers for branches and calls, shared by all runs of one command, so that events of several runs are distinct.
final class Numbers: Sendable {
  private let last = Mutex((branch: 0, call: 0))

  func branch() -> Int {
    last.withLock {
      $0.branch += 1
      return $0.branch
    }
  }

  func call() -> Int {
    last.withLock {
      $0.call += 1
      return $0.call
    }
  }
}
