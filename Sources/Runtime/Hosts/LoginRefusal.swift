/// The evidence of a login that the server refused, for the diagnosis.
package struct LoginRefusal: Sendable, Hashable {
  /// The authentication methods in the server's last list; empty if it sent none.
  package var methods: [String]
  /// Whether a password was sent.
  package var isPasswordTried: Bool
  /// The server's other answered questions, such as for a code, each in one line.
  package var answeredQuestions: [String]
  /// Methods that succeeded but did not suffice (`AuthenticationMethods`).
  package var partialSuccesses: [String]
  /// The lines of ssh's own configuration that keep every password from being tried.
  package var passwordBlockers: [String]
  /// sshd's notes, and the message with which sshd hung up.
  package var notes: [String]

  /// The files of certificates that the server did not accept.
  package var certificates: [String] = []
  /// The proof after which the server ended the connection in place of an answer.
  package var hungUpAfter: Proof?
  /// The time from the last answer to the end of the connection.
  package var secondsOfSilence = 0
  /// The time of the whole login, prompts included.
  package var seconds = 0
  /// Whether the server ended the connection while a prompt was open.
  package var isTooLate = false
  /// Whether the server's list of methods is empty.
  package var takesNone = false
  /// The server's last words to the user, by which PAM explains a refusal.
  package var banner: [String] = []

  package enum Proof: Sendable, Hashable {
    case password, key
  }

  package init(
    methods: [String], isPasswordTried: Bool = false, answeredQuestions: [String] = [],
    partialSuccesses: [String] = [], passwordBlockers: [String] = [], notes: [String] = []
  ) {
    self.methods = methods
    self.isPasswordTried = isPasswordTried
    self.answeredQuestions = answeredQuestions
    self.partialSuccesses = partialSuccesses
    self.passwordBlockers = passwordBlockers
    self.notes = notes
  }
}
