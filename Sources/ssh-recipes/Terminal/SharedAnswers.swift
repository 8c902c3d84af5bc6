import Contract
import Hosts

/// The user's answers that count for several hosts: passwords by the user's word, all others with `--ask-once`.
struct SharedAnswers {
  enum Kind: Hashable { case login, root }

  private struct Password {
    var secret: Secret
    /// Counts the passwords typed.
    var number: Int
  }

  private struct Login: Hashable {
    var kind: Kind
    var target: String
  }

  private let isForAll: Bool
  private var decisions: [Kind: Bool]
  private var passwords: [Kind: Password] = [:]
  /// The number of the last password given for a login.
  private var given: [Login: Int] = [:]
  private var answers: [Question: String] = [:]
  /// Of recipes, by question.
  var secrets: [String: Secret] = [:]

  /// - Parameter isForAll: whether the user has said so for all questions in advance.
  init(isForAll: Bool) {
    self.isForAll = isForAll
    decisions = isForAll ? [.login: true, .root: true] : [:]
  }

  // MARK: Passwords

  /// The password typed for another host; after a wrong one, only a password that the host has not had.
  mutating func password(_ kind: Kind, for target: String, _ attempt: Int) -> Secret? {
    let login = Login(kind: kind, target: target)
    guard let known = passwords[kind], attempt == 1 || given[login, default: 0] < known.number else { return nil }
    given[login] = known.number
    return known.secret
  }

  func mustDecide(_ kind: Kind) -> Bool { decisions[kind] == nil }

  mutating func decide(_ kind: Kind, isForAll: Bool) { decisions[kind] = isForAll }

  /// Remembers a typed password, also one in place of a wrong one, for hosts that have not had it.
  mutating func remember(_ secret: Secret, _ kind: Kind, for target: String) {
    guard decisions[kind] == true else { return }
    let number = (passwords[kind]?.number ?? 0) + 1
    passwords[kind] = Password(secret: secret, number: number)
    given[Login(kind: kind, target: target)] = number
  }

  // MARK: Questions

  func answer(to question: Question) -> String? { answers[key(question)] }

  mutating func remember(_ answer: String?, to question: Question) {
    guard isForAll else { return }
    // Each host has its own device, with its own steps.
    if case .manual = question.kind { return }
    answers[key(question)] = answer
  }

  /// The question, whatever its branch of `parallel` and its host.
  private func key(_ question: Question) -> Question {
    var key = question
    (key.branch, key.subject) = (0, nil)
    return key
  }
}
