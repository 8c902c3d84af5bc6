import Contract
import Diagnosis
import Hosts
import Synchronization
import Values

/// The mutable state of a run, behind one lock that is held only briefly, never across a wait.
final class RunState: Sendable {
  struct Values {
    /// The title of each branch's current step.
    var steps: [Int: String] = [:]
    var parents: [Int: Int] = [:]
    /// The calls of primitives written in Lua, by the branch of their Lua.
    var frames: [Int: PluginFrame] = [:]
    /// The arguments of the recipe's function `run`.
    var arguments: [LuaValue]?
    /// The questions sent ahead; `nil` before the first call of a primitive written in Lua.
    var ahead: Task<Void, Never>?
    /// The failure of a primitive that used up the time of the run's Lua machine.
    var exhausted: Failure?
    /// The differences of files changed by calls of primitives written in Lua.
    var diffs: [Int: String] = [:]
    /// The last act's number.
    var acts = 0
    var ledger = ChangeLedger()
    /// The hosts in the journal.
    var met: Set<String> = []
    /// The failures of calls so far; see ``Failure/action``.
    var failedActions: Set<Int> = []
    var manualSteps: [ManualStep] = []
    /// The subjects of branches, such as hosts' names.
    var labels: [Int: String] = [:]
    /// Whether an earlier attempt at the same shard holds a host's lock.
    var isOwnShardAtWork = false
    /// Whether a watchdog is over the whole run, and a proof at its end.
    var isWatched = false
    /// The number of branches that have not ended.
    var branches = 0
    /// In bytes; see ``Run/hold(_:)``.
    var held = 0
    var warnings: [String] = []
    /// Past acts that an undo left alone, because the host was changed since, by host.
    var leftAlone: [String: Int] = [:]
    /// Past acts that only the user can undo, by host.
    var kept: [String: Int] = [:]
    var notes: [String] = []
    var offeredKeys: [String] = []
    var secrets: [Secret] = []
    /// The passphrases of keys made in this run, by path.
    var passphrases: [String: Secret] = [:]
    /// In bytes; see ``Run/count(_:)``.
    var said = 0
    /// `nil` until the recipe's declaration has been loaded.
    var needs: Set<Permission>?
  }

  private let values = Mutex(Values())

  func read<T: Sendable>(_ body: (borrowing Values) -> T) -> T { values.withLock { body($0) } }
  var snapshot: Values { values.withLock { $0 } }
  func update<T: Sendable>(_ body: (inout Values) -> T) -> T { values.withLock { body(&$0) } }

  func nextAct() -> Int {
    update {
      $0.acts += 1
      return $0.acts
    }
  }

  /// The step of a branch or, if none, of its parent branch.
  func step(of branch: Int) -> String? { nearest(\.steps, to: branch) }

  /// The subject of a branch or, if none, of its parent branch.
  func label(of branch: Int) -> String? { nearest(\.labels, to: branch) }

  /// The primitive written in Lua that a branch works for; the innermost of several.
  func frame(of branch: Int) -> PluginFrame? { nearest(\.frames, to: branch) }

  private func nearest<Item: Sendable>(_ items: KeyPath<Values, [Int: Item]> & Sendable, to branch: Int) -> Item? {
    values.withLock { values in
      var branch = branch
      while values[keyPath: items][branch] == nil, let parent = values.parents[branch] { branch = parent }
      return values[keyPath: items][branch]
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
