/// Limits this process's connections to each server, so that the server bans no address.
///
/// OpenSSH 9.8 and later shut an address out after about four quick failures (PerSourcePenalties), fail2ban and DSM's
/// AutoBlock after five to ten. With ten logins in progress at once, MaxStartups begins to drop connections.
package actor ConnectionLedger {
  /// A server, by the user's name for it. A server with two names is two places; the ledger is merely less strict then.
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
    /// A failure counted by the server.
    case failed
    /// The connection reached no server.
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

  /// Waits until a connection is allowed. Each connection must be reported with ``end(_:_:)``.
  ///
  /// - Parameter onWait: called with the length of a wait because of failures.
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
  /// The ledger's outcome for a connection that ended with the error.
  var ledgerOutcome: ConnectionLedger.Outcome {
    switch self {
    case .unknownHost, .connectionRefused, .unreachable, .connectionTimedOut, .client, .jumpHost, .beyondJumpHost,
      .forwardingRefused, .proxyCommand:
      .unreached
    case .noShell, .silentShell: .authenticated
    default: .failed
    }
  }
}
