import Synchronization

/// Answers scripts from a list, for unit tests, and refuses all others.
public final class ScriptedTransport: Transport {
  /// One answer: which scripts it is for, and what they leave behind.
  public struct Answer: Sendable {
    let matches: @Sendable (Script, Account) -> Bool
    let result: @Sendable (Script) throws -> Output

    /// For every script of this name.
    public init(_ name: String, _ output: Output) {
      matches = { script, _ in script.name == name }
      result = { _ in output }
    }

    /// For every script of this name.
    public init(_ name: String, throwing error: HostError) {
      matches = { script, _ in script.name == name }
      result = { _ in throw error }
    }

    public init(
      where matches: @escaping @Sendable (Script, Account) -> Bool,
      _ result: @escaping @Sendable (Script) throws -> Output
    ) {
      self.matches = matches
      self.result = result
    }
  }

  /// A script that no answer is for.
  public struct Unexpected: Error, CustomStringConvertible {
    public var script: Script
    public var account: Account
    public var description: String {
      "no answer for \"\(script.name)\" as \(account) with \(script.arguments): \(script.text)"
    }
  }

  private let answers: [Answer]
  private let loginValue: Login
  private let record = Mutex<[Sent]>([])

  /// A script that was sent, and as whom.
  public struct Sent: Sendable, Hashable {
    public var script: Script
    public var account: Account
  }

  /// - Parameter answers: the first that matches is taken, as often as it is asked for.
  public init(_ answers: [Answer], login: Login = Login()) {
    self.answers = answers
    loginValue = login
  }

  /// In the order in which they were sent, refused ones too.
  public var sent: [Sent] { record.withLock { $0 } }

  public func run(_ script: Script, as account: Account) async throws -> Output {
    record.withLock { $0.append(Sent(script: script, account: account)) }
    guard let answer = answers.first(where: { $0.matches(script, account) }) else {
      throw Unexpected(script: script, account: account)
    }
    return try answer.result(script)
  }

  public func login() async throws -> Login { loginValue }

  public func close() async {}
}
