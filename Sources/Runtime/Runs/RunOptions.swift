import Contract
import Hosts

/// What the command line says of a run.
package struct RunOptions: Sendable {
  /// Hosts as written; see ``Target``.
  package var targets: [String]
  /// `name=value`, each as written after `--set`.
  package var settings: [String]
  package var isPlan: Bool
  /// Whether everything is undone, on all hosts, when one of them fails.
  package var isAllOrNothing: Bool
  /// How many hosts are worked on at once.
  package var forks: Int
  /// A private key that logins offer first.
  package var offeredKey: String?
  /// Whether every script that is sent is told.
  package var isDebug: Bool
  /// The program that `ssh` calls for passwords: this one.
  package var askpassProgram: String

  package init(
    targets: [String] = [], settings: [String] = [], isPlan: Bool = false, isAllOrNothing: Bool = false,
    forks: Int = 50,
    offeredKey: String? = nil, isDebug: Bool = false, askpassProgram: String = ""
  ) {
    self.targets = targets
    self.settings = settings
    self.isPlan = isPlan
    self.isAllOrNothing = isAllOrNothing
    self.forks = forks
    self.offeredKey = offeredKey
    self.isDebug = isDebug
    self.askpassProgram = askpassProgram
  }
}

/// Who answers questions: a person at a terminal, or what the command line says instead.
package protocol Person: SecretSource, HostKeyDecider {
  /// Answers a question of a recipe.
  ///
  /// - Returns: `nil` when nobody is there and the question has no default.
  func answer(_ question: Question) async -> String?
}

/// How hosts are reached; OpenSSH in the product, something else in unit tests.
package protocol TransportFactory: Sendable {
  /// - Parameters:
  ///   - target: `nil` for this computer.
  ///   - offers: private keys to offer first, asked when the login begins.
  func transport(for target: Target?, offers: @escaping @Sendable () -> [String]) -> any Transport

  /// A login of its own, apart from the connection that is open; see ``RunLogins/freshLogin(to:with:)``.
  func freshLogin(to host: Host, with request: FreshLoginRequest) async throws -> FreshLoginResult
}
