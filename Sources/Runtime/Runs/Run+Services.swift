import Contract
import Diagnosis
import Hosts
import LoginSafety
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

  func moved(_ done: Int, of all: Int, by primitive: String, on host: Host, branch: Int) {
    sink.receive(.progress(host: host.name, primitive: primitive, done: done, all: all, branch: branch))
  }

  var showsOutput: Bool { options.isVerbose }

  func printed(_ line: String, isError: Bool, on host: Host, branch: Int) {
    sink.receive(.output(host: host.name, text: line, isError: isError, branch: branch))
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
    var question = question
    question.subject = subject(of: question.branch)
    let answer = await person.answer(question)
    try Task.checkCancellation()
    // A manual step on a device may have changed any file remembered.
    if case .manual = question.kind { for reader in readers { reader.host.touch() } }
    return answer
  }

  /// The host that a prompt must name, since the command has several.
  private func subject(of branch: Int) -> String? {
    state.label(of: branch) ?? (options.targets.count > 1 ? onlyHost : nil)
  }

  func secret(for request: SecretRequest, attempt: Int) async -> Secret? {
    switch request {
    case .keyPassphrase(let path) where attempt == 1:
      if let known = state.read({ $0.passphrases[path] }) { return known }
    case .recipe(let question):
      if let host = subject(of: branch), !question.contains(host) {
        return await person.secret(for: .recipe(question: "\(host): \(question)"), attempt: attempt)
      }
    default: break
    }
    return await person.secret(for: request, attempt: attempt)
  }

  func keep(_ passphrase: Secret, ofKeyAt path: String) { state.update { $0.passphrases[path] = passphrase } }

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
    do { return try await machine.call(function, arguments, branch: branch) } catch {
      var failure = failure(from: error)
      // A `fail` or a mistake in a host's branch concerns this host.
      if failure.failures.isEmpty { failure.host = failure.host ?? hostName(of: branch) }
      throw failure
    }
  }
}

extension Run: RunLogins {
  /// For a login without a person to answer.
  private static let loginPatience = Duration.seconds(60)
  /// For the user's own login, which may take several to explain.
  private static let userPatience = Duration.seconds(240)

  func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult {
    var offering = request
    offering.offers = state.read(\.offeredKeys)
    let request = offering
    let changes = host.unproved.changes
    let patience = request.isTheUsers ? Self.userPatience : Self.loginPatience
    // A login with a key asks no questions. The account's shell may never run a command.
    let end = request.keyPath == nil ? nil : ContinuousClock.now + patience
    let inTime = try await Deadline.value(before: end) { [factory] in
      try await factory.freshLogin(to: host, with: request)
    }
    let error = HostError.timedOut(script: "a new login", after: patience)
    let result = inTime ?? FreshLoginResult(isIn: false, login: Login(), error: error)
    if result.isIn, request.isToTheHostItself { host.loginWorked(after: changes) }
    return result
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
