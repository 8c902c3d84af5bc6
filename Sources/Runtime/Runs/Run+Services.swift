import Contract
import Diagnosis
import Hosts
import Lua
import Recipes
import Values

extension Run: RunHosts {
  func reader(of host: HostArgument) -> Reader? { readers.indices.contains(host.id) ? readers[host.id] : nil }
}

extension Run: RunMessages {
  /// In bytes, each message counting as at least ``leastSaid``: enough for messages about a thousand hosts.
  private static let mostSaid = 16 << 20
  private static let leastSaid = 64

  func count(_ text: String) throws {
    let said = state.update { values in
      values.said += max(text.utf8.count, Self.leastSaid)
      return values.said
    }
    guard said > Self.mostSaid else { return }
    throw Failure(
      .limit, "the recipe has said more than a person can read (limit is \(Self.mostSaid) bytes)",
      fix: ["say once, after a loop, what it has come to"])
  }

  func step(_ title: String, branch: Int, position: String?) {
    state.update { $0.steps[branch] = title }
    sink.receive(.step(title: title, branch: branch, position: position))
  }

  func passed(_ gate: Gate, _ summary: String, on host: Host, branch: Int) {
    sink.receive(.passed(gate, host: host.name, what: summary, branch: branch))
  }

  func note(_ text: String, branch: Int) {
    state.update { $0.notes.append(text) }
    sink.receive(.note(text, branch: branch))
  }

  func warn(_ text: String, branch: Int) {
    state.update { $0.warnings.append(text) }
    sink.receive(.warning(text, branch: branch))
  }
}

extension Run: RunPrompts {
  func ask(_ question: Question) async throws -> String? {
    if options.isPlan { return question.defaultAnswer }
    let answer = await person.answer(question)
    try Task.checkCancellation()
    // A manual step on a device may have changed any file remembered.
    if case .manual = question.kind { for reader in readers { reader.host.touch() } }
    return answer
  }

  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    await person.secret(for: request, attempt: attempt)
  }

  func keep(_ secret: Secret) -> Int {
    state.update {
      $0.secrets.append(secret)
      return $0.secrets.count
    }
  }

  func keptSecret(_ number: Int) -> Secret? {
    state.read { $0.secrets.indices.contains(number - 1) ? $0.secrets[number - 1] : nil }
  }
}

extension Run: RunBranches {
  func call(
    _ function: LuaFunctionReference, _ arguments: [LuaValue], branch: Int
  ) async throws(Failure) -> [LuaValue] {
    do { return try await machine.call(function, arguments, branch: branch) } catch { throw failure(from: error) }
  }

  func newBranch(of parent: Int, label: String?) -> Int {
    let branch = numbers.branch()
    state.update { $0.parents[branch] = parent }
    sink.receive(.branch(branch, of: parent, label: label))
    return branch
  }

  func label(of value: LuaValue) -> String? {
    switch value {
    case .object(let object) where readers.indices.contains(object.id): readers[object.id].host.name
    case .string: value.text
    default: nil
    }
  }
}

extension Run: RunLogins {
  func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
    try await factory.freshLogin(to: host, with: request)
  }

  func agentSockets() async -> [String]? {
    guard !assignment.targets.isEmpty else { return nil }
    var sockets: [String] = []
    for target in assignment.targets {
      guard let socket = await factory.agentSocket(for: target), !sockets.contains(socket) else { continue }
      sockets.append(socket)
    }
    return sockets
  }

  func offer(keyAt path: String) {
    state.update { if !$0.offeredKeys.contains(path) { $0.offeredKeys.insert(path, at: 0) } }
  }
}
