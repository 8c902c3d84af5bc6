import Diagnosis

/// The shared logins to jump hosts: all targets behind a jump host are reached over one login, so the jump host asks for
/// a password once, and never sees more logins at once than its MaxStartups allows.
package actor JumpHosts {
  /// The answers to questions of a jump host's login, and the budget of logins.
  struct Asker: Sendable {
    var secrets: any SecretSource
    var hostKeys: any HostKeyDecider
    var ledger: ConnectionLedger
  }

  private struct Entry {
    var task: Task<JumpLogin, any Error>
    /// How many targets wait for the login.
    var waiting = 0
  }

  private var entries: [[String]: Entry] = [:]
  /// The most jump hosts one after the other.
  private static let mostJumps = 8

  package init() {}

  /// The shared login to the last jump host before a target.
  ///
  /// - Parameters:
  ///   - asker: `nil` to use only a login that exists.
  ///   - targets: the targets on whose way this one is itself a jump host.
  /// - Returns: `nil` for a target reached directly or by another program, behind more than ``mostJumps`` jump hosts, and
  ///   if the user's own configuration shares the login to the jump host.
  /// - Throws: ``HostError``, named after the jump host; for jump hosts in a circle, ``HostError/client(_:)``.
  func login(
    before target: Target, _ options: OpenSSHOptions, _ asker: Asker?, after targets: [Target] = []
  ) async throws -> JumpLogin? {
    guard targets.count < Self.mostJumps, let jump = await JumpPath.jump(before: target, options) else { return nil }
    let path = targets + [target]
    // ssh would start itself without end.
    guard !path.contains(where: { $0.user == jump.user && $0.host == jump.host && $0.port == jump.port }) else {
      let way = (path + [jump]).map(\.address).joined(separator: ", ")
      throw HostError.client("\(Cause.jumpCircleSign): \(way)")
    }
    var plain = options
    (plain.extra, plain.offering) = ([], { [] })
    let place = plain.place(jump)
    while let entry = entries[place] {
      do {
        let login = try await shared(entry.task, at: place)
        if await login.isAlive { return login }
      } catch let error as HostError where error.isFinalAtJump {
        throw error.shared(with: target)
      } catch {
        if entries[place]?.task == entry.task { entries[place] = nil }
        throw error
      }
      if entries[place]?.task == entry.task {
        entries[place] = nil
        await entry.task.result.close()
      }
    }
    guard let asker, await !JumpPath.isSharedByUser(jump, plain) else { return nil }
    if entries[place] != nil { return try await login(before: target, options, asker, after: targets) }
    let task = Task {
      var own = plain
      let way = try await self.login(before: jump, plain, asker, after: path)
      own.take(way)
      return try await JumpLogin.open(jump, before: target, own, asker).behind(way)
    }
    entries[place] = Entry(task: task)
    return try await shared(task, at: place)
  }

  /// Waits for a login. Once nobody waits any more, the login is cancelled.
  private func shared(_ task: Task<JumpLogin, any Error>, at place: [String]) async throws -> JumpLogin {
    entries[place]?.waiting += 1
    let result = await withTaskCancellationHandler {
      await task.result
    } onCancel: {
      Task { await self.leave(task, at: place) }
    }
    entries[place]?.waiting -= 1
    return try result.get()
  }

  private func leave(_ task: Task<JumpLogin, any Error>, at place: [String]) {
    if entries[place]?.task == task, entries[place]?.waiting == 1 { task.cancel() }
  }

  /// Ends all logins. The order does not matter: no target's connection is open any more.
  package func close() async {
    let all = entries.values
    entries = [:]
    for entry in all {
      entry.task.cancel()
      await entry.task.result.close()
    }
  }
}

extension Result where Success == JumpLogin {
  fileprivate func close() async { if case .success(let login) = self { await login.close() } }
}

extension HostError {
  /// Whether another login to a jump host would fail in the same way, and might count at the server.
  fileprivate var isFinalAtJump: Bool {
    switch self {
    case .jumpHost(_, .loginRefused), .jumpHost(_, .hostKeyUnknown), .jumpHost(_, .hostKeyChanged),
      .jumpHost(_, .hostKeyRevoked), .secretNeeded:
      true
    default: false
    }
  }
}

extension OpenSSHOptions {
  /// Leads logins over the shared login to a jump host.
  mutating func take(_ way: JumpLogin?) {
    guard let way else { return }
    // The user's ProxyUseFdpass would expect a descriptor from a command of ours.
    extra += ["ProxyCommand=\(way.proxyCommand)", "ProxyUseFdpass=no"]
  }
}
