import Contract
import Hosts
import Synchronization

/// What changes while a run goes on, behind one lock. Nothing waits while it is held.
final class RunState: Sendable {
  struct Values {
    /// The title of the step that a branch is in, and where it stands.
    var steps: [Int: String] = [:]
    var parents: [Int: Int] = [:]
    var changed = 0
    var unchanged = 0
    var warnings: [String] = []
    var notes: [String] = []
    var offeredKeys: [String] = []
    var secrets: [Secret] = []
    /// Bytes; see ``Run/count(_:)``.
    var said = 0
    /// `nil` until the recipe has declared itself.
    var needs: Set<Permission>?
  }

  private let values = Mutex(Values())

  func read<T: Sendable>(_ body: (borrowing Values) -> T) -> T { values.withLock { body($0) } }
  func update<T: Sendable>(_ body: (inout Values) -> T) -> T { values.withLock { body(&$0) } }

  /// The step of a branch, or of the one that it was opened in.
  func step(of branch: Int) -> String? {
    values.withLock { values in
      var branch = branch
      while values.steps[branch] == nil, let parent = values.parents[branch] { branch = parent }
      return values.steps[branch]
    }
  }
}

/// Numbers for branches and calls, shared by all runs of one command, so that events of several runs can be told apart.
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
