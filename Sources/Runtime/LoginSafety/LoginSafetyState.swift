import Hosts

/// The state of login safety for a host during a run.
struct LoginSafetyState: HostState {
  var pendingRestarts: [PendingRestart] = []
  var opaqueEdits: [String] = []
  var watchdogs: [Watchdog] = []
  var doubtfulWatchdogs: [Watchdog] = []
  var preparation: Task<Void, any Error>?
  var keyLocations: KeyLocations?
  var workingKey: WorkingKey?
  var triedKey: String?
  var unproved = Unproved()
  var runWatchdog: RunWatchdog?
  var isLeftToRunWatchdog = false
  var awake: Task<Void, any Error>?
  var usualLogin: FreshLoginRequest?
}

/// The run's changes since the last new login that counts as a proof.
package struct Unproved: Sendable, Hashable {
  /// Whether a login may depend on one of the changes.
  package var login = false
  /// Whether root had a part in the changes, so that becoming root must still work too.
  package var root = false
  /// How many changes were begun so far.
  package var changes = 0
  package var isEmpty: Bool { !login && !root }
}

extension Host {
  private subscript<Value: Sendable>(_ path: WritableKeyPath<LoginSafetyState, Value> & Sendable) -> Value {
    get { withState(LoginSafetyState.self) { $0[keyPath: path] } }
    set { withState(LoginSafetyState.self) { $0[keyPath: path] = newValue } }
  }

  /// Watchdogs armed by this run and not yet dismissed, oldest first.
  package var watchdogs: [Watchdog] {
    get { self[\.watchdogs] }
    set { self[\.watchdogs] = newValue }
  }

  /// Watchdogs with a lost answer: they may be running, but nothing was changed under them.
  package var doubtfulWatchdogs: [Watchdog] {
    get { self[\.doubtfulWatchdogs] }
    set { self[\.doubtfulWatchdogs] = newValue }
  }

  /// sshd's locations for the account's keys; `nil` before the first query and after each reload of sshd.
  package var keyLocations: KeyLocations? {
    get { self[\.keyLocations] }
    set { self[\.keyLocations] = newValue }
  }

  /// A key on this computer that has logged in to this host during the run.
  package var workingKey: WorkingKey? {
    get { self[\.workingKey] }
    set { self[\.workingKey] = newValue }
  }

  /// The fingerprint of the last key that `verify_login` was given, whether the login worked or not; empty for a key that
  /// a plan has not made.
  package var triedKey: String? {
    get { self[\.triedKey] }
    set { self[\.triedKey] = newValue }
  }

  /// The login, and becoming root again, to prove before the run ends.
  package var unproved: Unproved {
    get { self[\.unproved] }
    set { self[\.unproved] = newValue }
  }

  /// The watchdog over the whole run; `nil` before the first act as root, and once the run is proved.
  package var runWatchdog: RunWatchdog? { self[\.runWatchdog] }

  /// The watchdog over the whole run. The next act arms the watchdog if needed.
  func startRunWatchdog(as account: Account) -> RunWatchdog {
    let (dog, isNew) = withState(LoginSafetyState.self) { state in
      let isNew = state.runWatchdog == nil
      let dog = state.runWatchdog ?? RunWatchdog()
      state.runWatchdog = dog
      return (dog, isNew)
    }
    if isNew { keepWatchdogAwake(as: account) }
    return dog
  }

  /// Records that an act was made under the watchdog, begun at `start`.
  func runWatchdogIsArmed(since start: ContinuousClock.Instant, hasImage: Bool) {
    withState(LoginSafetyState.self) {
      $0.runWatchdog?.isArmed = true
      $0.runWatchdog?.lastAct = start
      if hasImage { $0.runWatchdog?.hasImage = true }
    }
  }

  /// Keeps the task that tells the run's watchdog of the run, until the watchdog's end.
  func keepAwake(_ task: Task<Void, any Error>) {
    let old = self[\.awake]
    self[\.awake] = task
    old?.cancel()
  }

  /// Ends the work for the run's watchdog here; on the host, the watchdog has ended.
  package func endRunWatchdog() {
    self[\.awake]?.cancel()
    self[\.awake] = nil
    self[\.runWatchdog] = nil
    self[\.isLeftToRunWatchdog] = false
  }

  /// Whether edits of sshd's configuration could not be rolled back over the connection, and only the run's watchdog has
  /// the old files.
  package var isLeftToRunWatchdog: Bool { self[\.isLeftToRunWatchdog] }

  /// Leaves the rollback of these edits to the run's watchdog, unless a watchdog of their own has copies.
  func leaveToRunWatchdog(_ edits: [PendingRestart]) {
    guard runWatchdog != nil, edits.contains(where: { !isWatched($0.path) }) else { return }
    self[\.isLeftToRunWatchdog] = true
  }

  /// The login that must still work, as known before the first change.
  package var usualLogin: FreshLoginRequest? {
    get { self[\.usualLogin] }
    set { self[\.usualLogin] = newValue }
  }

  /// Records an imminent change for the run's last proof to cover.
  package func changes(asRoot isRoot: Bool) {
    withState(LoginSafetyState.self) {
      $0.unproved.changes += 1
      $0.unproved.login = true
      if isRoot { $0.unproved.root = true }
    }
  }

  /// Records a new login that worked as users log in.
  ///
  /// - Parameter changes: the number of changes when the login began; the login does not prove later changes.
  package func loginWorked(after changes: Int) {
    withState(LoginSafetyState.self) { if $0.unproved.changes == changes { $0.unproved.login = false } }
  }

  /// Records that becoming root again worked; see ``loginWorked(after:)``.
  func rootWorked(after changes: Int) {
    withState(LoginSafetyState.self) { if $0.unproved.changes == changes { $0.unproved.root = false } }
  }

  /// Edits of sshd's configuration by this run, not yet read by sshd.
  package var pendingRestarts: [PendingRestart] { self[\.pendingRestarts] }

  package func addPendingRestart(_ edit: PendingRestart) {
    withState(LoginSafetyState.self) { $0.pendingRestarts.append(edit) }
  }

  package func clearPendingRestarts() {
    withState(LoginSafetyState.self) {
      $0.pendingRestarts = []
      $0.opaqueEdits = []
      $0.keyLocations = nil
    }
  }

  /// Configuration paths changed by commands since sshd's last reload. Only a watchdog has their old contents.
  package var opaqueEdits: [String] { self[\.opaqueEdits] }

  package func addOpaqueEdits(_ paths: [String]) {
    withState(LoginSafetyState.self) { $0.opaqueEdits += paths }
  }

  package var waitsForRestart: Bool {
    withState(LoginSafetyState.self) { !$0.pendingRestarts.isEmpty || !$0.opaqueEdits.isEmpty }
  }

  /// Runs `body` once, before the first call on this host; later callers wait until it has finished.
  package func prepareOnce(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let task = withState(LoginSafetyState.self) { state in
      let task = state.preparation ?? Task { try await body() }
      state.preparation = task
      return task
    }
    try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }
}
