import Hosts

/// What the safety of logins knows of a host during a run.
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

  /// The watchdogs that this run has armed on the host and not dismissed yet, oldest first.
  package var watchdogs: [Watchdog] {
    get { self[\.watchdogs] }
    set { self[\.watchdogs] = newValue }
  }

  /// Watchdogs whose answer was lost: they may be running, and nothing was changed under them.
  package var doubtfulWatchdogs: [Watchdog] {
    get { self[\.doubtfulWatchdogs] }
    set { self[\.doubtfulWatchdogs] = newValue }
  }

  /// Where sshd looks for the account's keys; `nil` until it has been asked, and again once sshd has read its configuration.
  package var keyLocations: KeyLocations? {
    get { self[\.keyLocations] }
    set { self[\.keyLocations] = newValue }
  }

  /// A key of this computer that has logged in here in this run.
  package var workingKey: WorkingKey? {
    get { self[\.workingKey] }
    set { self[\.workingKey] = newValue }
  }

  /// Edits of sshd's configuration in this run that sshd has not read yet.
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

  /// Paths of sshd's configuration that commands have changed since sshd has read it. Only a watchdog has their earlier contents.
  package var opaqueEdits: [String] { self[\.opaqueEdits] }

  package func addOpaqueEdits(_ paths: [String]) {
    withState(LoginSafetyState.self) { $0.opaqueEdits += paths }
  }

  package var waitsForRestart: Bool {
    withState(LoginSafetyState.self) { !$0.pendingRestarts.isEmpty || !$0.opaqueEdits.isEmpty }
  }

  /// Does `body` once, before the first call on this host; later callers wait for its end.
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
