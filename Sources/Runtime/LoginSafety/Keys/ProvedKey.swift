import Hosts

/// The key of the run's last proof, until the next act on the host.
struct ProvedKey: HostState {
  fileprivate var key: WorkingKey?
  fileprivate var acts = 0
}

extension Host {
  /// Records that a new login by only this key has worked, after all acts so far.
  func proved(_ key: WorkingKey) {
    let acts = acts
    withState(ProvedKey.self) { $0 = ProvedKey(key: key, acts: acts) }
  }

  /// The key of the last proof, if the run has begun no act since.
  package var provedKey: WorkingKey? {
    let acts = acts
    return withState(ProvedKey.self) { $0.acts == acts ? $0.key : nil }
  }
}
