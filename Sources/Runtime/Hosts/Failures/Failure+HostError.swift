import Diagnosis

extension Failure {
  /// A connection error, in the form for users and recipes.
  ///
  /// - Parameter target: the target of the login; `nil` for this computer.
  package init(_ error: HostError, target: Target?) {
    if let diagnosis = error.diagnosis(target: target) {
      self.init(error.kind, diagnosis, message: error.place.map { $0 + diagnosis.cause.headline })
    } else {
      self.init(error.kind, error.plainSentence)
      if case .secretNeeded(let request) = error {
        fix = [Self.way(toGive: request)]
        seen = request.lines.count > 1 ? request.lines : []
      }
      // The sentence holds the last line.
      if case .client(let text) = error, text.trimmedLines.count > 1 { seen = text.trimmedLines }
      if case .unclear(_, let answer) = error {
        seen = answer.split(whereSeparator: \.isNewline).prefix(4).map(String.init)
        let login = target?.loginArguments ?? "HOST"
        fix = ["if a start-up file of the account takes the input, this prints nothing: echo ok | ssh \(login) cat"]
      }
      if case .timedOut = error { fix = ["run it again with --debug to see what the host was at"] }
    }
    host = target?.description
  }

  private static func way(toGive secret: SecretRequest) -> String {
    switch secret {
    case .loginPassword: "run it in a terminal, or give --password-command with a command that prints the password"
    case .rootPassword: "run it in a terminal, or give --sudo-password-command with a command that prints the password"
    case .keyPassphrase(let path):
      "run it in a terminal, or give the key to the agent first: ssh-add \(path); or give --secret '\(path)=COMMAND' with "
        + "a command that prints the passphrase"
    case .jumpPassword(let account, _):
      "let the jump host take a key first: ssh-recipes run raspi_passwordless \(account); or run it in a terminal: "
        + "no jump host is given the password of --password-command"
    case .serverQuestion(_, _, isPassword: false):
      "run it in a terminal, or give --code-command with a command that prints the answer"
    case .serverQuestion(let target, _, isPassword: true):
      "run it in a terminal: --password-command answers only what is certainly the password of \(target)"
    case .recipe(let question):
      "run it in a terminal, or give --secret '\(question)=COMMAND' with a command that prints it"
    case .proxyQuestion: "run it in a terminal"
    }
  }
}

extension SecretRequest {
  /// The lines of a server's question, of which there may be several.
  fileprivate var lines: [String] {
    switch self {
    case .serverQuestion(_, let text, _), .proxyQuestion(_, let text, _): text.trimmedLines
    default: []
    }
  }

  fileprivate static func question(in text: String) -> String { text.trimmedLines.last ?? "" }
}

extension HostError {
  /// The sentence for errors without a diagnosis.
  fileprivate var plainSentence: String {
    switch self {
    case .timedOut(let script, let after):
      "\"\(script)\" took longer than \(after.components.seconds) seconds and was ended"
    case .cancelled: "the run was cancelled"
    case .secretNeeded(.loginPassword(let target)):
      "the password of \(target) is needed, and none was given"
    case .secretNeeded(.rootPassword(let target, let tool, let account)):
      "\(tool) on \(target) wants \(SecretRequest.isOwn(account, target) ? "a" : "\(account ?? "root")'s") password, and "
        + "none was given"
    case .secretNeeded(.keyPassphrase(let path)):
      "the key \(path) has a passphrase, and none was given"
    case .secretNeeded(.jumpPassword(let account, let target)):
      "the jump host \(account) asks for a password on the way to \(target), and none was given"
    case .secretNeeded(.proxyQuestion(let account, let text, let target)):
      "\(account.map { "the jump host \($0)" } ?? "a program") asks \"\(SecretRequest.question(in: text))\" on the way to "
        + "\(target), and got no answer"
    case .secretNeeded(.serverQuestion(let target, let text, _)):
      "\(target) asks \"\(SecretRequest.question(in: text))\", and got no answer"
    case .secretNeeded(.recipe(let question)):
      "the recipe asks \"\(question)\", and got no answer"
    case .unclear(let what, _): "the host's answer cannot be read, so nothing more is done: \(what)"
    case .client(let text): "ssh could not be used: \(text.trimmedLines.last ?? "")"
    case .jumpHost(_, let error), .beyondJumpHost(_, let error): (place ?? "") + error.plainSentence
    default: "the host could not be reached"
    }
  }
}
