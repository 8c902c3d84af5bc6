import Diagnosis

extension LoginRefusal {
  /// The cause, from the surest evidence to the least.
  func diagnosis(_ slots: [String: String]) -> Diagnosis {
    let text = methods.isEmpty ? "nothing it told" : methods.joined(separator: ", ")
    let slots = slots.merging(["text": text]) { $1 }
    if isTooLate { return tooLate(slots) }
    if let proof = hungUpAfter {
      let found = Cause.recognized(in: banner, among: [.booting, .accountExpired, .passwordExpired])?.cause
      let what = proof == .password ? "password" : "key"
      let more = ["what": what, "seconds": String(seconds)]
      let isSlow = secondsOfSilence >= Self.longSilence || seconds >= Self.longLogin
      let cause: Cause = isSlow ? .loginTime : .accountRefused
      return Diagnosis(found ?? cause, slots.merging(more) { $1 }, seen: banner + seen)
    }
    if !answeredQuestions.isEmpty {
      let questions = (isPasswordTried ? ["for the password"] : []) + answeredQuestions.map { "\"\($0)\"" }
      let more = ["questions": questions.joined(separator: " and ")]
      return Diagnosis(.wrongAnswers, slots.merging(more) { $1 }, seen: seen)
    }
    if takesNone { return Diagnosis(.noMethods, slots, seen: seen) }
    if isPasswordTried, wasPasswordRight { return Self.moreNeeded(partialSuccesses, methods, slots, seen: seen) }
    if isPasswordTried {
      let more = slots["user"] == "pi" ? ["pi": "pi"] : [:]
      var diagnosis = Diagnosis(.wrongPassword, slots.merging(more) { $1 }, seen: seen)
      if partialSuccesses.contains("publickey") {
        diagnosis.explanation =
          "the server accepted the key, so the account's name is right; it refused the password"
        diagnosis.fix = [
          "check the password",
          "sshd's log tells more; on the host's own console: sudo journalctl -u ssh -u sshd -n 20",
        ]
      }
      return diagnosis
    }
    if !partialSuccesses.isEmpty { return Self.moreNeeded(partialSuccesses, methods, slots, seen: seen) }
    if !passwordBlockers.isEmpty {
      let more = ["text": passwordBlockers.joined(separator: "; ")]
      return Diagnosis(.clientOption, slots.merging(more) { $1 }, seen: passwordBlockers + seen)
    }
    if let found = Cause.recognized(in: notes, among: Cause.server + Cause.accounts) {
      return Diagnosis(found.cause, slots.merging(["path": found.line.path ?? "the file"]) { $1 }, seen: seen)
    }
    // Where a password is possible, lines about keys alone are not in the way.
    let takesPassword = methods.contains { ["password", "keyboard-interactive"].contains($0) }
    if !takesPassword, let found = Cause.recognized(in: notes, among: [.clientOption]) {
      return Diagnosis(found.cause, slots.merging(["text": found.line]) { $1 }, seen: seen)
    }
    let takesKey = methods.isEmpty || methods.contains("publickey")
    guard takesKey || takesPassword else {
      let more = methods.contains("gssapi-with-mic") ? ["ticket": "kinit"] : [:]
      return Diagnosis(.otherMethods, slots.merging(more) { $1 }, seen: seen)
    }
    let more = ["agent": takesKey ? ", or let the agent hold the right key" : ""]
    var diagnosis = Diagnosis(
      takesPassword || methods.isEmpty ? .noWayIn : .keysOnly, slots.merging(more) { $1 }, seen: seen)
    diagnosis.fix += certificates.map { file in
      "the server did not accept the certificate: see its names, time and options: ssh-keygen -Lf \(file)"
    }
    return diagnosis
  }

  /// No refusal: the server did not wait for the answer to a prompt.
  private func tooLate(_ slots: [String: String]) -> Diagnosis {
    var diagnosis = Diagnosis(.loginTime, slots, seen: banner + seen)
    diagnosis.explanation =
      "the server hung up while a prompt was open, no later than \(seconds) seconds after the login began: its time for a "
      + "login was over (LoginGraceTime in sshd_config)"
    diagnosis.fix = [
      "run it again, and answer sooner; --password-command gives the password at once",
      "as an administrator, set a longer LoginGraceTime in sshd_config",
    ]
    return diagnosis
  }

  /// The server accepted the password, and then wanted something else.
  private var wasPasswordRight: Bool {
    let passwords = ["password", "keyboard-interactive"]
    return partialSuccesses.contains(where: passwords.contains) && !methods.contains(where: passwords.contains)
  }

  /// Seconds without an answer after which a limit of time is likelier than a refusal, which takes PAM a moment.
  private static let longSilence = 3
  /// Seconds of a login, prompts included, after which the same holds.
  private static let longLogin = 15

  private var seen: [String] {
    Self.lines(ofPartialSuccesses: partialSuccesses) + notes
      + (methods.isEmpty ? [] : ["the server takes: \(methods.joined(separator: ", "))"])
  }

  /// ssh's own words.
  static func lines(ofPartialSuccesses methods: [String]) -> [String] {
    methods.map { "Authenticated using \"\($0)\" with partial success." }
  }

  /// - Parameters:
  ///   - done: the methods that succeeded.
  ///   - methods: the methods that the server took next.
  static func moreNeeded(
    _ done: [String], _ methods: [String], _ slots: [String: String], seen: [String]
  ) -> Diagnosis {
    let missing = methods.map { name(ofMethod: $0, isNext: done.contains($0)) }.joined(separator: " or ")
    var more = ["done": done.map { name(ofMethod: $0) }.joined(separator: " and ")]
    more["more"] = missing.isEmpty ? nil : missing
    let wantsKey = !done.contains("publickey") && methods == ["publickey"]
    return Diagnosis(wantsKey ? .keyNeededToo : .moreNeeded, slots.merging(more) { $1 }, seen: seen)
  }

  /// `publickey` in the words of a user.
  static func name(ofMethod method: String, isNext: Bool = false) -> String {
    switch method {
    case "publickey": isNext ? "another key" : "the key"
    case "password": isNext ? "another password" : "the password"
    case "keyboard-interactive": "the answers to its questions (keyboard-interactive)"
    case "hostbased": "this computer's host key"
    case "gssapi-with-mic": "a Kerberos ticket"
    default: method
    }
  }
}
