import Synchronization

/// One host of a run, or this computer: where it is, how to reach it, and what is known of it so far.
package final class Host: Sendable {
  /// The host's number in its run; 0 is this computer.
  package let id: Int
  /// `here`, or the role's name in the recipe.
  package let role: String
  /// `nil` for this computer.
  package let target: Target?
  package let transport: any Transport
  let overlay = Overlay()
  private let memory = Mutex(Memory())

  struct Memory {
    var facts: Facts?
    /// What the login brought along, until something changes on the host.
    var files: [String: FileState] = [:]
    /// Whether anything was changed since the login; until then a login with a key proves that key.
    var isTouched = false
    var pendingRestarts: [PendingRestart] = []
    var locks: [Account: LockState] = [:]
    var relocation: Relocation?
    var workingKey: WorkingKey?
    /// Paths of sshd's configuration that commands have changed since sshd has read it.
    var opaqueEdits: [String] = []
    var watchdogs: [Watchdog] = []
    var doubtfulWatchdogs: [Watchdog] = []
    var settling: Task<Void, any Error>?
    var keyLocations: KeyLocations?
    var realPaths = RealPaths()
  }

  /// Whether this run keeps others from working with an account.
  enum LockState: Sendable, Hashable {
    /// By the process of the shell that does its acts.
    case held(shell: Int32)
    /// No place on the host takes a lock.
    case impossible
  }

  package init(id: Int, role: String, target: Target?, transport: any Transport) {
    self.id = id
    self.role = role
    self.target = target
    self.transport = transport
  }

  /// `pi@192.168.1.20`, or `here`.
  package var name: String { target?.description ?? role }
  package var isHere: Bool { target == nil }

  /// Whether anything was changed on the host in this run. sshd's verdict about a login counts only until then.
  package var isTouched: Bool { memory.withLock(\.isTouched) }

  /// To be called before any act: what was remembered of files no longer holds.
  package func touch() {
    memory.withLock {
      $0.isTouched = true
      $0.files = [:]
    }
  }

  func remember(_ facts: Facts, files: [String: FileState]) {
    memory.withLock {
      $0.facts = facts
      // The login came before that change, and so did its look.
      $0.files = $0.isTouched ? [:] : files
    }
  }

  var knownFacts: Facts? { memory.withLock(\.facts) }
  func rememberedFile(_ path: String) -> FileState? { memory.withLock { $0.files[path] } }
  func remember(_ state: FileState, of path: String) { memory.withLock { $0.files[path] = state } }

  /// The watchdogs that this run has armed on the host and not told yet, oldest first.
  var watchdogs: [Watchdog] {
    get { memory.withLock(\.watchdogs) }
    set { memory.withLock { $0.watchdogs = newValue } }
  }

  /// Those of which the answer was lost: nobody knows whether they are at work, and nothing was changed under them.
  var doubtfulWatchdogs: [Watchdog] {
    get { memory.withLock(\.doubtfulWatchdogs) }
    set { memory.withLock { $0.doubtfulWatchdogs = newValue } }
  }

  /// What has to be done once before the first call on this host; who comes later waits for the same.
  func settled(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let task = memory.withLock { memory in
      let task = memory.settling ?? Task { try await body() }
      memory.settling = task
      return task
    }
    try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  /// Where sshd looks for the account's keys; `nil`: not asked yet, or not since sshd has read its configuration.
  var keyLocations: KeyLocations? {
    get { memory.withLock(\.keyLocations) }
    set { memory.withLock { $0.keyLocations = newValue } }
  }

  /// What is known of links on the way to files.
  var realPaths: RealPaths {
    get { memory.withLock(\.realPaths) }
    set { memory.withLock { $0.realPaths = newValue } }
  }

  func lock(of account: Account) -> LockState? { memory.withLock { $0.locks[account] } }
  func keep(_ lock: LockState?, of account: Account) { memory.withLock { $0.locks[account] = lock } }

  /// Set once the host was proved to be reached at another port than the run began with.
  var relocation: Relocation? { memory.withLock(\.relocation) }

  /// Where sshd listens, as it counts itself.
  var serverPort: Int? { relocation?.serverPort ?? knownFacts?.serverPort }

  /// All logins of this run go to the new port from now on; `nil`: where they go without one.
  func relocate(_ relocation: Relocation?) async {
    memory.withLock { $0.relocation = relocation }
    await transport.relocate(relocation)
  }

  /// A key of this computer that has logged in here in this run.
  var workingKey: WorkingKey? {
    get { memory.withLock(\.workingKey) }
    set { memory.withLock { $0.workingKey = newValue } }
  }

  /// Edits of sshd's configuration in this run that sshd has not read yet.
  package var pendingRestarts: [PendingRestart] { memory.withLock(\.pendingRestarts) }
  package func addPendingRestart(_ edit: PendingRestart) { memory.withLock { $0.pendingRestarts.append(edit) } }
  package func clearPendingRestarts() {
    memory.withLock {
      $0.pendingRestarts = []
      $0.opaqueEdits = []
      $0.keyLocations = nil
    }
  }

  /// The same by commands, of which only a watchdog knows what was there before.
  var opaqueEdits: [String] { memory.withLock(\.opaqueEdits) }
  func addOpaqueEdits(_ paths: [String]) { memory.withLock { $0.opaqueEdits += paths } }
  var waitsForRestart: Bool { memory.withLock { !$0.pendingRestarts.isEmpty || !$0.opaqueEdits.isEmpty } }
}

/// An edit of sshd's configuration that waits for sshd to read it: what to put back if it does not work.
package struct PendingRestart: Sendable, Hashable {
  package var path: String
  /// `nil`: the file was not there.
  package var before: [UInt8]?
  /// `nil`: the file was removed.
  package var after: [UInt8]?
  package init(path: String, before: [UInt8]?, after: [UInt8]?) {
    self.path = path
    self.before = before
    self.after = after
  }
}

/// A file as one look saw it.
package struct FileState: Sendable, Hashable {
  /// `nil`: it is not there.
  package var status: FileStatus?
  /// Of regular files up to the limit of the look; `nil` for others and where reading is not allowed.
  package var contents: [UInt8]?
  package var attributes: FileAttributes
  package init(status: FileStatus?, contents: [UInt8]? = nil, attributes: FileAttributes = FileAttributes()) {
    self.status = status
    self.contents = contents
    self.attributes = attributes
  }
}
