import Hosts

/// The guards whose copies are still on the host, by the account of their commands. The state after one command is the
/// state before the next, unless the run has acted in between.
struct KeptGuards: HostState {
  fileprivate var guards: [Account: (dog: Watchdog, acts: Int)] = [:]
}

extension Host {
  /// The guard of the account's last command, if the run has begun no act since. Must be called before the next command.
  func takeKeptGuard(of account: Account) -> Watchdog? {
    let acts = acts
    return withState(KeptGuards.self) { state in
      state.guards.removeValue(forKey: account).flatMap { $0.acts == acts ? $0.dog : nil }
    }
  }

  /// Keeps the guard of a command without changes of the files on which logins depend.
  func keepGuard(_ dog: Watchdog, of account: Account) {
    let acts = acts
    withState(KeptGuards.self) { $0.guards[account] = (dog, acts) }
  }
}
