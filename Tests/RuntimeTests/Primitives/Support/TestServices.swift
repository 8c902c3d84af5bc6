import Synchronization

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Values

/// A run as primitives see it, with answers from a test and a list of all that was reported.
final class TestServices: RunServices {
  private let granted: Set<Permission>
  private let passphrase: String?
  private let journalError: Failure?
  private let state: Mutex<State>

  private struct State {
    var logins: [FreshLoginResult]
    var readers: [Int: Reader] = [:]
    var warnings: [String] = []
    var offered: [String] = []
    var asked: [SecretRequest] = []
    var requests: [FreshLoginRequest] = []
    var recorded: [Int?] = []
  }

  /// - Parameters:
  ///   - granted: the permissions in `needs`.
  ///   - passphrase: the answer to each question for a secret; `nil`: no terminal.
  ///   - logins: the results of new logins, in this order; after them each one is refused.
  ///   - journalError: the error of the journal.
  init(
    granted: Set<Permission> = Set(Permission.allCases), passphrase: String? = nil, logins: [FreshLoginResult] = [],
    journalError: Failure? = nil
  ) {
    self.granted = granted
    self.passphrase = passphrase
    self.journalError = journalError
    state = Mutex(State(logins: logins))
  }

  /// Makes a host one of the run.
  func add(_ reader: Reader) { state.withLock { $0.readers[reader.host.id] = reader } }

  var warnings: [String] { state.withLock(\.warnings) }
  /// The keys that later logins were to offer.
  var offered: [String] { state.withLock(\.offered) }
  /// The secrets that were asked for.
  var asked: [SecretRequest] { state.withLock(\.asked) }
  /// The new logins.
  var requests: [FreshLoginRequest] { state.withLock(\.requests) }
  /// The ports in the journal.
  var recorded: [Int?] { state.withLock(\.recorded) }

  func reader(of host: HostArgument) -> Reader? { state.withLock { $0.readers[host.id] } }

  func require(_ permission: Permission, for primitive: String) throws {
    if !granted.contains(permission) { throw Failure(.permission, "\(primitive) needs \(permission.rawValue)") }
  }

  func step(_ title: String, branch: Int, position: String?) {}
  func passed(_ gate: Gate, _ summary: String, on host: Host, branch: Int) {}
  func note(_ text: String, branch: Int) {}
  func warn(_ text: String, branch: Int) { state.withLock { $0.warnings.append(text) } }
  func moved(_ done: Int, of all: Int, by primitive: String, on host: Host, branch: Int) {}
  func printed(_ line: String, isError: Bool, on host: Host, branch: Int) {}
  var showsOutput: Bool { false }
  func count(_ text: String) throws {}

  func decision(
    of primitive: String, _ arguments: [String: LuaValue], in context: PrimitiveContext
  ) async throws -> Decision { throw Failure(.unsupported, "there is no Lua here for '\(primitive)'") }

  func ask(_ question: Question) async throws -> String? { nil }
  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    state.withLock { $0.asked.append(request) }
    return passphrase.map { Secret(Array($0.utf8)) }
  }
  func keep(_ secret: Secret) -> Int { 1 }
  func keep(_ passphrase: Secret, ofKeyAt path: String) {}
  func keptSecret(_ number: Int) -> Secret? { nil }

  func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
    state.withLock { state in
      state.requests.append(request)
      return state.logins.isEmpty ? FreshLoginResult(isIn: false, login: Login()) : state.logins.removeFirst()
    }
  }
  func offer(keyAt path: String) { state.withLock { $0.offered.append(path) } }
  func record(_ relocation: Relocation?, of host: Host) throws {
    if let journalError { throw journalError }
    state.withLock { $0.recorded.append(relocation?.port) }
  }
  func relocated(_ host: Host, to relocation: Relocation, branch: Int) async throws {}

  func call(
    _ function: LuaFunctionReference, _ arguments: [LuaValue], branch: Int
  ) async throws(Failure) -> [LuaValue] { [] }
  func newBranch(of branch: Int, label: String?) -> Int { branch + 1 }
  func endBranch(_ branch: Int) {}
  func hold(_ bytes: Int) {}
  func release(_ bytes: Int) {}
  func label(of item: LuaValue) -> String? { nil }
}
