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
