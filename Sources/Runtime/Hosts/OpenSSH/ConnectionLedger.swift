/// Every connection that this process makes to a server, so that none of them is one too many.
///
/// OpenSSH 9.8 and later shut an address out after about four quick failures (PerSourcePenalties), fail2ban and DSM's
/// AutoBlock after five to ten, and ten logins under way at once are where MaxStartups begins to drop.
package actor ConnectionLedger {
  /// A server, as a person names it. Two names of one server are two places; that only makes the ledger less strict.
  package struct Place: Hashable, Sendable {
    package var host: String
    package var port: Int

    package init(_ target: Target) {
      host = target.host
      port = target.port ?? 22
    }
  }

  package enum Outcome: Sendable {
    case authenticated
    /// The server counts this against us.
    case failed
    /// No server was reached.
    case unreached
  }

  private struct Account {
    var failures: [ContinuousClock.Instant] = []
    var underWay = 0
    var waiting: [CheckedContinuation<Void, Never>] = []
  }

  static let window = Duration.seconds(15)
  static let mostFailures = 2
  static let mostUnderWay = 8

  private var accounts: [Place: Account] = [:]
  private let now: @Sendable () -> ContinuousClock.Instant
  private let sleep: @Sendable (Duration) async throws -> Void

  package init(
    now: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
  ) {
    self.now = now
    self.sleep = sleep
  }

  /// Waits until a connection is allowed. Each one must be reported with ``end(_:_:)``.
  ///
  /// - Parameter onWait: told how long the wait will be, when it is because of failures.
  /// - Throws: `CancellationError`.
  package func admit(_ place: Place, onWait: @Sendable (Duration) -> Void = { _ in }) async throws {
    while true {
      try Task.checkCancellation()
      let time = now()
      var account = accounts[place, default: Account()]
      account.failures.removeAll { time - $0 >= Self.window }
      accounts[place] = account
      if account.failures.count >= Self.mostFailures {
        let wait = Self.window - (time - account.failures[account.failures.count - Self.mostFailures])
        onWait(wait)
        try await sleep(wait)
      } else if account.underWay >= Self.mostUnderWay {
        await withCheckedContinuation { accounts[place, default: Account()].waiting.append($0) }
      } else {
        accounts[place]?.underWay += 1
        return
      }
    }
  }

  package func end(_ place: Place, _ outcome: Outcome) {
    guard var account = accounts[place] else { return }
    account.underWay -= 1
    if case .failed = outcome { account.failures.append(now()) }
    let next = account.waiting.isEmpty ? nil : account.waiting.removeFirst()
    accounts[place] = account
    next?.resume()
  }
}

extension HostError {
  /// How a connection that ended so counts.
  var ledgerOutcome: ConnectionLedger.Outcome {
    switch self {
    case .unknownHost, .connectionRefused, .unreachable, .connectionTimedOut, .client: .unreached
    case .noShell: .authenticated
    default: .failed
    }
  }
}
