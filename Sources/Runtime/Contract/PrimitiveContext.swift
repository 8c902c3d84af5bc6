import Diagnosis
import Hosts
import Values

/// What a primitive's body is given: the host it was called on, and what a run offers around it.
package struct PrimitiveContext: Sendable {
  /// The host of the call; for the recipe's own words, this computer.
  package let reader: Reader
  /// This computer.
  package let here: Reader
  package let services: any RunServices
  /// Which branch of `parallel` the call was made in; 0 outside.
  package let branch: Int
  /// The recipe's file and line of the call, when Lua knows it.
  package let position: String?

  package init(
    reader: Reader, here: Reader, services: any RunServices, branch: Int = 0, position: String? = nil
  ) {
    self.reader = reader
    self.here = here
    self.services = services
    self.branch = branch
    self.position = position
  }

  package var host: Host { reader.host }

  /// Tells that a change of sshd's configuration has passed a gate.
  package func passed(_ gate: Gate, _ what: String) { services.passed(gate, what, on: host, branch: branch) }

  /// The account that an argument `root = true` asks for, once the recipe may.
  package func account(root: Bool, for primitive: String) throws -> Account {
    if root { try services.require(.root, for: primitive) }
    return root ? .root : .login
  }

  /// The reader of another host of the run.
  package func reader(of host: HostArgument) throws -> Reader {
    guard let reader = services.reader(of: host) else {
      throw Failure(.argument, "that host is not part of this run")
    }
    return reader
  }
}

/// What a run offers to primitives beside the host itself. Implemented by the run; by a script of answers in tests.
package protocol RunServices: Sendable {
  func reader(of host: HostArgument) -> Reader?
  /// Refuses what the recipe did not ask for in `needs`; for arguments such as `root = true`, which need more than the
  /// primitive itself.
  ///
  /// - Throws: ``Failure`` of kind `permission`.
  func require(_ permission: Permission, for primitive: String) throws
  /// Counts what the recipe says to the person: no loop shall fill memory, or the terminal, with it.
  ///
  /// - Throws: ``Failure`` of kind `limit`.
  func count(_ words: String) throws
  /// Marks where the recipe is.
  func step(_ title: String, branch: Int, position: String?)
  /// Tells that a change of sshd's configuration has passed a gate, and how.
  func passed(_ gate: Gate, _ what: String, on host: Host, branch: Int)
  /// Writes down for `undo` where a host is called from now on; `nil`: where it is without that.
  ///
  /// - Throws: where it could not be written; then the host must not move.
  func record(_ relocation: Relocation?, of host: Host) throws
  /// A host was proved to be reached at another port from now on, and that is written down.
  func relocated(_ host: Host, to relocation: Relocation, branch: Int) async throws
  func note(_ text: String, branch: Int)
  func warn(_ text: String, branch: Int)
  /// Asks a person. `nil`: nobody is there, and there is no default.
  func ask(_ question: Question) async throws -> String?
  /// A secret of the recipe (`secret`), or one that a tool needs.
  func secret(for request: SecretRequest, attempt: Int) async -> Secret?
  /// Keeps a secret for the length of the run; the recipe is given its number only.
  func keep(_ secret: Secret) -> Int
  func keptSecret(_ number: Int) -> Secret?
  /// Calls a function of the recipe, as a branch of its own when one is given.
  func call(_ function: LuaFunctionReference, _ arguments: [LuaValue], branch: Int) async throws -> [LuaValue]
  /// A number for a new branch of `parallel`.
  func newBranch(of branch: Int, label: String?) -> Int
  /// What a branch for this value is called: a host's name, a string; `nil` for others.
  func label(of value: LuaValue) -> String?
  /// Any error of a branch as a failure.
  func failure(from error: any Error) -> Failure
  /// Makes a login from this computer with exactly one key: the proof that it works. Counts against the host's budget.
  func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult
  /// Tells the run that logins should offer this key first.
  func offer(keyAt path: String)
}

/// A question to the person at the terminal.
package struct Question: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case text
    /// Yes or no; answered with `yes` or `no`. `--yes` answers yes unless the question is one that a default of no guards.
    case confirm
    /// Something to do by hand on a device; answered with `done` when the person has done it.
    case manual(clicks: String)
    case choice([String])
  }
  package var text: String
  package var kind: Kind
  package var defaultAnswer: String?
  /// The first answer turned out not to hold: what `--yes` says is not worth asking for again.
  package var isAgain: Bool

  package init(_ text: String, kind: Kind, defaultAnswer: String? = nil, isAgain: Bool = false) {
    self.text = text
    self.kind = kind
    self.defaultAnswer = defaultAnswer
    self.isAgain = isAgain
  }
}
