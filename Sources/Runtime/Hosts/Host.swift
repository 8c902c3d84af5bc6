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
  package let overlay = Overlay()
  private let memory = Mutex(Memory())

  struct Memory {
    var facts: Facts?
    /// What the login brought along, until something changes on the host.
    var files: [String: FileState] = [:]
    /// Whether anything was changed since the login; until then a login with a key proves that key.
    var isTouched = false
    var locks: [Account: LockState] = [:]
    var relocation: Relocation?
    var realPaths = RealPaths()
    /// Of the floors above, by type.
    var states: [ObjectIdentifier: any HostState] = [:]
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

  package var knownFacts: Facts? { memory.withLock(\.facts) }
  func rememberedFile(_ path: String) -> FileState? { memory.withLock { $0.files[path] } }
  func remember(_ state: FileState, of path: String) { memory.withLock { $0.files[path] = state } }

  /// What is known of links on the way to files.
  package var realPaths: RealPaths {
    get { memory.withLock(\.realPaths) }
    set { memory.withLock { $0.realPaths = newValue } }
  }

  func lock(of account: Account) -> LockState? { memory.withLock { $0.locks[account] } }
  func keep(_ lock: LockState?, of account: Account) { memory.withLock { $0.locks[account] = lock } }

  /// Set once the host was proved to be reached at another port than the run began with.
  package var relocation: Relocation? { memory.withLock(\.relocation) }

  /// Where sshd listens, as it counts itself.
  package var serverPort: Int? { relocation?.serverPort ?? knownFacts?.serverPort }

  /// All logins of this run go to the new port from now on; `nil`: where they go without one.
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

/// A value that a floor above keeps with a host for the length of a run; the host itself knows nothing of it.
package protocol HostState: Sendable {
  init()
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
