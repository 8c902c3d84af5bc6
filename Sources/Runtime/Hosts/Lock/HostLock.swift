import Diagnosis
import Scripts

/// One run's lock on one host, one link for the account and another for root: taken in the same round trip as the first
/// act, and held until the shells of the acts end.
package struct HostLock: Sendable {
  /// A remark for the user; the run goes on.
  package enum Notice: Sendable, Hashable {
    /// The lock belonged to a run that ended abnormally.
    case tookOver(LockHolder)
    /// No place on the host can hold a lock.
    case impossible
  }

  /// The status of a script refused because another run holds the lock, or because its own shell has lost the lock.
  private static let refused: Int32 = 94

  package let host: Host
  package let run: String
  let tell: @Sendable (Notice) -> Void
  let isOver: @Sendable (LockHolder) -> Bool
  let isHeld: @Sendable (LockHolder) -> Void

  /// - Parameters:
  ///   - isOver: whether a holder is known to have ended, so that only the session on the host is left.
  ///   - isHeld: called with the holder of the lock, another run, before this run fails.
  package init(
    host: Host, run: String, isOver: @escaping @Sendable (LockHolder) -> Bool = { _ in false },
    isHeld: @escaping @Sendable (LockHolder) -> Void = { _ in }, tell: @escaping @Sendable (Notice) -> Void
  ) {
    self.isOver = isOver
    self.isHeld = isHeld
    self.host = host
    self.run = run
    self.tell = tell
  }

  /// Runs an act's script while holding the lock.
  ///
  /// - Throws: ``Failure`` of kind `busy` when another run holds the lock; the script has not begun then.
  func run(_ script: Script, as account: Account) async throws -> Output {
    let account = host.knownFacts?.isRoot == true ? .login : account
    if account == .root, host.lock(of: .login) == nil { _ = try await locked(Script("lock", ":\n"), .login) }
    return try await locked(script, account)
  }

  private func locked(_ script: Script, _ account: Account) async throws -> Output {
    switch host.lock(of: account) {
    case .impossible: return try await host.transport.run(script, as: account)
    case .held(let shell):
      let token = FrameMark.randomToken()
      let prefixed = script.preceded(by: ShellScripts.checkLock, [String(shell), token])
      let output = try await host.transport.run(prefixed, as: account)
      guard output.status == Self.refused, Answer(output, token: token).isLost else { return output }
    case nil: break
    }
    return try await take(script, account)
  }

  private func take(_ script: Script, _ account: Account, isAgain: Bool = false) async throws -> Output {
    let token = FrameMark.randomToken()
    var prefixed = script.preceded(by: ShellScripts.takeLock, [run, token, Effective.userAtHost])
    prefixed.atExit = ShellScripts.releaseLock
    let answer = Answer(try await host.transport.run(prefixed, as: account), token: token)
    if let (now, holder) = answer.held {
      if !isAgain, !host.isHere, isOver(holder), let process = holder.process {
        let end = Script(
          "end the session of a run that has ended", ShellScripts.endLeftSession, [String(process), holder.birth])
        _ = try await host.transport.run(end, as: account)
        tell(.tookOver(holder))
        return try await take(script, account, isAgain: true)
      }
      isHeld(holder)
      throw Failure(heldBy: holder, now: now, host: host, account: account)
    }
    if let left = answer.left { tell(.tookOver(left)) }
    if answer.isImpossible { tell(.impossible) }
    host.keep(answer.shell.map { .held(shell: $0) } ?? (answer.isImpossible ? .impossible : nil), of: account)
    return answer.output
  }

  /// The output of a script preceded by the lock's script.
  private struct Answer {
    var output: Output
    var shell: Int32?
    var held: (now: Int?, holder: LockHolder)?
    var left: LockHolder?
    var isImpossible = false
    var isLost = false

    init(_ output: Output, token: String) {
      self.output = output
      let mark = Array("\(token) ".utf8)
      while self.output.stderr.starts(with: mark) {
        let end = self.output.stderr.firstIndex(of: 0x0A) ?? self.output.stderr.endIndex
        let line = String(decoding: self.output.stderr[mark.count..<end], as: UTF8.self)
        self.output.stderr.removeSubrange(..<min(end + 1, self.output.stderr.endIndex))
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        switch words.first {
        case "mine": shell = words.last.flatMap { Int32($0) }
        case "held": held = (Int(words.dropFirst().first ?? ""), LockHolder(words.last ?? ""))
        case "after": left = LockHolder(words.last ?? "")
        case "none": isImpossible = true
        case "lost": isLost = true
        default: break
        }
      }
    }
  }
}

extension Failure {
  fileprivate init(heldBy holder: LockHolder, now: Int?, host: Host, account: Account) {
    let isRoot = account == .root || host.knownFacts?.isRoot == true
    let place = host.isHere ? "this computer" : host.target?.description ?? host.name
    self.init(
      .busy, Diagnosis(.locked),
      message: "another run (\(holder.text(now: now))) is working on \(place)\(isRoot ? " as root" : "")")
    if let process = holder.process {
      let kill = "\(account == .root ? "sudo " : "")kill \(process)"
      let command = host.target.map { "ssh \($0.port.map { "-p \($0) " } ?? "")\($0.account) \(kill)" } ?? kill
      fix.append("if the computer that it came from is gone: \(command)")
    }
  }
}
