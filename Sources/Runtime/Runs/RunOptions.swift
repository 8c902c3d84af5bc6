import Contract
import Hosts
import Recipes

/// A run's options from the command line.
package struct RunOptions: Sendable {
  /// Hosts as written; see ``Target``.
  package var targets: [String]
  /// The hosts chosen from an inventory; if there are any, ``targets`` does not count.
  package var hosts: [RunHost] = []
  /// Values of `--answers`, below those of ``settings``.
  package var answers: [String: GivenValue] = [:]
  /// `NAME=VALUE` of each `--set`.
  package var settings: [String]
  package var isPlan: Bool
  /// Whether a failure on one host undoes the changes on all hosts.
  package var isAllOrNothing: Bool
  /// The maximum number of hosts at once.
  package var forks: Int
  package var schedule: Schedule
  /// The part of the hosts to work on; `nil` for all.
  package var shard: Shard?
  /// A private key that logins offer first.
  package var offeredKey: String?
  /// Whether to report the output of commands as it comes.
  package var isVerbose: Bool
  /// Whether to report every script.
  package var isDebug: Bool
  /// The program that `ssh` calls for passwords: this program.
  package var askpassProgram: String

  package init(
    targets: [String] = [], settings: [String] = [], isPlan: Bool = false, isAllOrNothing: Bool = false,
    forks: Int = 50, schedule: Schedule = Schedule(), shard: Shard? = nil, offeredKey: String? = nil,
    isVerbose: Bool = false, isDebug: Bool = false, askpassProgram: String = ""
  ) {
    self.targets = targets
    self.settings = settings
    self.isPlan = isPlan
    self.isAllOrNothing = isAllOrNothing
    self.forks = forks
    self.schedule = schedule
    self.shard = shard
    self.offeredKey = offeredKey
    self.isVerbose = isVerbose
    self.isDebug = isDebug
    self.askpassProgram = askpassProgram
  }
}

/// The source of answers to prompts: a user at a terminal, or options of the command line.
public protocol Person: SecretSource, HostKeyDecider {
  /// Answers a recipe's question.
  ///
  /// - Returns: `nil` when there is no user and the question has no default.
  func answer(_ question: Question) async -> String?
}

/// Creates connections to hosts: OpenSSH in the product, substitutes in unit tests.
package protocol TransportFactory: Sendable {
  /// - Parameters:
  ///   - target: `nil` for this computer.
  ///   - offers: private keys to offer first, evaluated at the start of a login.
  func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport

  /// The socket of the agent that logins to the target ask for keys; `nil` for none.
  func agentSocket(for target: Target) async -> String?

  /// Called after each act on this computer, which may have changed the configuration of `ssh`.
  func changedThisComputer() async

  /// A login apart from the open connection; see ``RunLogins/freshLogin(to:with:)``.
  func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult
}

extension TransportFactory {
  package func agentSocket(for target: Target) async -> String? { ClientConfig().agentSocket }
  package func changedThisComputer() async {}
}
