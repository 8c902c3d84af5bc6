import Synchronization

/// One host of a run, or this computer: its address, its transport, and all facts known so far.
package final class Host: Sendable {
  /// The host's number in its run; 0 is this computer.
  package let id: Int
  /// `here`, or the role's name in the recipe.
  package let role: String
  /// `nil` for this computer.
  package let target: Target?
  package let transport: any Transport
  package let overlay = Overlay()
  private let memory = Mutex(Memory())

  struct Memory {
    var facts: Facts?
    var files = KnownFiles()
    /// The outputs of reading commands, until the next change on the host.
    var answers: [HostQuestion: Output] = [:]
    /// How many acts were begun since the login. Until the first, a login with a key proves the key.
    var acts = 0
    var locks: [Account: LockState] = [:]
    var relocation: Relocation?
    var realPaths = RealPaths()
    /// Values of the floors above, by type.
    var states: [ObjectIdentifier: any HostState] = [:]
  }

  /// Whether this run keeps other runs from working with an account.
  enum LockState: Sendable, Hashable {
    /// Locked by the shell that does the run's acts; `shell` is its process ID.
    case held(shell: Int32)
    /// No place on the host can hold a lock.
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

  /// Whether the run has changed anything on the host. sshd's verdict about a login counts only until then.
  package var isTouched: Bool { acts > 0 }

  /// How many acts the run has begun on the host.
  package var acts: Int { memory.withLock(\.acts) }

  /// Forgets the known files. Must be called before any change other than an act.
  package func touch() {
    memory.withLock {
      $0.acts += 1
      $0.files = KnownFiles()
      $0.answers = [:]
    }
  }

  /// Forgets the files that an act may change, and all answers. Must be called before the act.
  func touch(_ act: Act) {
    // Other runs of this computer change the same files.
    guard !isHere else { return touch() }
    memory.withLock {
      $0.acts += 1
      $0.answers = [:]
      if !act.keepsFiles { $0.files.forget(act, $0.facts) }
    }
  }

  package func answer(to question: HostQuestion) -> Output? { memory.withLock { $0.answers[question] } }
  package func remember(_ answer: Output, to question: HostQuestion) {
    memory.withLock { $0.answers[question] = answer }
  }

  func remember(_ facts: Facts, files: KnownFiles) {
    memory.withLock {
      $0.facts = facts
      // The login probe read these files before the change.
      $0.files = $0.acts > 0 ? KnownFiles() : files
    }
  }

  package var knownFacts: Facts? { memory.withLock(\.facts) }

  /// The files read so far, without files that may have changed since.
  package var files: KnownFiles { memory.withLock(\.files) }

  /// Adds to the known files.
  package func know(_ body: @Sendable (inout KnownFiles) -> Void) { memory.withLock { body(&$0.files) } }

  /// The links on the way to files, as far as known.
  package var realPaths: RealPaths {
    get { memory.withLock(\.realPaths) }
    set { memory.withLock { $0.realPaths = newValue } }
  }

  func lock(of account: Account) -> LockState? { memory.withLock { $0.locks[account] } }
  func keep(_ lock: LockState?, of account: Account) { memory.withLock { $0.locks[account] = lock } }

  /// The host's new port, once a login there has worked.
  package var relocation: Relocation? { memory.withLock(\.relocation) }

  /// sshd's port, in the server's own numbering.
  package var serverPort: Int? { relocation?.serverPort ?? knownFacts?.serverPort }

  /// Sends all further logins of this run to the new port; `nil` for the port of the target.
  package func relocate(_ relocation: Relocation?) async {
    memory.withLock { $0.relocation = relocation }
    await transport.relocate(relocation)
  }

  /// Reads or changes the value of this type that a floor above keeps with the host.
  package func withState<State: HostState, Result: Sendable>(
    _ type: State.Type, _ body: @Sendable (inout State) -> Result
  ) -> Result {
    memory.withLock { memory in
      let key = ObjectIdentifier(type)
      var state = memory.states[key] as? State ?? State()
      defer { memory.states[key] = state }
      return body(&state)
    }
  }
}

/// A value kept with a host by a floor above, for the length of a run. `Host` itself does not use the value.
package protocol HostState: Sendable {
  init()
}
