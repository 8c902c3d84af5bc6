import Synchronization

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Values

/// What a run offers to primitives, with answers that a test gives and a list of what was told.
final class TestServices: RunServices {
  let granted: Set<Permission>
  let passphrase: String?
  private let state = Mutex(State())

  struct State {
    var warnings: [String] = []
    var offered: [String] = []
    var asked: [SecretRequest] = []
  }

  init(granted: Set<Permission> = Set(Permission.allCases), passphrase: String? = nil) {
    self.granted = granted
    self.passphrase = passphrase
  }

  var warnings: [String] { state.withLock(\.warnings) }
  var offered: [String] { state.withLock(\.offered) }
  var asked: [SecretRequest] { state.withLock(\.asked) }

  func require(_ permission: Permission, for primitive: String) throws {
    if !granted.contains(permission) { throw Failure(.permission, "\(primitive) needs \(permission.rawValue)") }
  }

  func warn(_ text: String, branch: Int) { state.withLock { $0.warnings.append(text) } }
  func offer(keyAt path: String) { state.withLock { $0.offered.append(path) } }

  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    state.withLock { $0.asked.append(request) }
    return passphrase.map { Secret(Array($0.utf8)) }
  }

  func reader(of host: HostArgument) -> Reader? { nil }
  func count(_ words: String) throws {}
  func step(_ title: String, branch: Int, position: String?) {}
  func passed(_ gate: Gate, _ what: String, on host: Hosts.Host, branch: Int) {}
  func record(_ relocation: Relocation?, of host: Hosts.Host) throws {}
  func relocated(_ host: Hosts.Host, to relocation: Relocation, branch: Int) async throws {}
  func note(_ text: String, branch: Int) {}
  func ask(_ question: Question) async throws -> String? { nil }
  func keep(_ secret: Secret) -> Int { 1 }
  func keptSecret(_ number: Int) -> Secret? { nil }
  func call(_ function: LuaFunctionReference, _ arguments: [LuaValue], branch: Int) async throws -> [LuaValue] { [] }
  func newBranch(of branch: Int, label: String?) -> Int { branch + 1 }
  func label(of value: LuaValue) -> String? { nil }
  func failure(from error: any Error) -> Failure { error as? Failure ?? Failure(.failed, "\(error)") }
  func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
    FreshLoginResult(isIn: false, login: Login())
  }
}
