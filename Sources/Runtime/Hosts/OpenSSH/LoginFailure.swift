import Diagnosis
import Formats

/// Interprets the end of an `ssh` from its output (sshconnect.c, ssh.c, packet.c; the wordings of 6.6 to 10.x).
struct LoginFailure {
  let log: SSHClientLog
  let text: String
  let target: String
  private let answers: LoginQuestions.Answers
  private let times: LoginQuestions.Times

  init(
    logBytes: [UInt8], target: String, answers: LoginQuestions.Answers = LoginQuestions.Answers(),
    times: LoginQuestions.Times = LoginQuestions.Times()
  ) {
    self.times = times
    log = SSHClientLog(logBytes)
    text = String(decoding: logBytes, as: UTF8.self)
    self.target = target
    self.answers = answers
  }

  /// - Parameter end: how the process ended.
  func error(_ end: ShellEnd) -> HostError {
    if let failure = end.startFailure { return .client("\"ssh\" could not be started: \(failure)") }
    if log.isAuthenticated {
      if end.status == nil { return .silentShell(text: Self.shellWords(in: end.noise), notes: log.forcedCommands) }
      if end.status == 255, !end.hadBegun, let refused = line(containing: [": open failed: "]) {
        return .noShell(status: 255, text: refused, notes: log.forcedCommands)
      }
      guard end.status == 255, !end.hadBegun, let line = line(containing: Self.lostSigns) else {
        if end.hadBegun { return .connectionLost(lastLine ?? "the connection to \(target) ended") }
        return .noShell(
          status: end.status ?? 255, text: Self.shellWords(in: end.noise), notes: log.forcedCommands)
      }
      return .connectionLost("\(line)\n\(Cause.sessionEndedSign)")
    }
    if let proxy = ProxyFailure(log: log, words: end.noise, isPasswordTried: answers.isJumpPasswordTried) {
      if let error = proxy.error { return error }
    }
    if answers.isTooLate, !has("Permission denied ("), let line = line(containing: Self.hangUpSigns) {
      return .loginRefused(hungUp(evidence(log.remoteNotes + [line]), end))
    }
    let error = ownError ?? .client(ownWords ?? "\"ssh\" ended with \(end.status ?? 255)")
    guard case .loginRefused(let refusal) = error, !answers.isRefused else { return error }
    return .loginRefused(hungUp(refusal, end))
  }

  /// The message of `ssh` itself; `nil` without a known message.
  var ownError: HostError? { hostKeyError ?? networkError ?? refusal }

  /// The words of the account's shell, without those of the `ssh` to a jump host. Text in front of them may be long.
  private static func shellWords(in noise: String) -> String {
    let lines = noise.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("debug") }
    return String(lines.joined(separator: "\n").suffix(4096)).trimmingSuffix(while: \.isWhitespace)
  }

  /// A server that refuses a method lists its methods again. A server that hangs up after a password or an accepted key
  /// has found them right, and refuses the account for another reason: PAM's message is shown as a banner.
  private func hungUp(_ refusal: LoginRefusal, _ end: ShellEnd) -> LoginRefusal {
    var refusal = refusal
    guard !has("Permission denied ("), line(containing: Self.hangUpSigns) != nil, !log.isAuthenticated else {
      return refusal
    }
    if refusal.isPasswordTried {
      refusal.hungUpAfter = .password
    } else if !log.accepted.isEmpty {
      refusal.hungUpAfter = .key
    }
    refusal.secondsOfSilence = times.seconds(since: \.lastAnswer)
    refusal.seconds = times.seconds(since: \.start)
    refusal.isTooLate = answers.isTooLate
    refusal.banner = end.noise.trimmedLines.filter { !$0.hasPrefix("debug") }.suffix(4).map(\.self)
    return refusal
  }

  private var hostKeyError: HostError? {
    // `Error checking host key … in revoked keys file …`, and `Host key … revoked by file …` (sshconnect.c).
    if let line = line(containing: [" in revoked keys file "]) { return .client(line) }
    if has("REVOKED HOST KEY DETECTED") || has(" was revoked and you have requested") || has(" revoked by file ") {
      return .hostKeyRevoked(fingerprint: log.hostKey?.fingerprint)
    }
    if has("REMOTE HOST IDENTIFICATION HAS CHANGED") || has("Offending") && has("Host key verification failed") {
      let place = line(containing: ["Offending "])?.components(after: " key in ")
      let colon = place?.lastIndex(of: ":")
      let file = place.flatMap { place in colon.map { String(place[..<$0]) } }
      let number = place.flatMap { place in colon.flatMap { Int(place[place.index(after: $0)...]) } }
      return .hostKeyChanged(
        fingerprint: log.hostKey?.fingerprint, file: file, line: number,
        name: line(containing: ["Host key for "])?.inside("Host key for ", " has changed"))
    }
    if has("Host key verification failed") || has("host key is known for") {
      return .hostKeyUnknown(
        fingerprint: log.hostKey?.fingerprint, complaint: line(containing: ["Certificate invalid: "]))
    }
    return nil
  }

  private var networkError: HostError? {
    if let line = line(containing: ["no matching ", "Unable to negotiate"]) { return .noCommonAlgorithm(line) }
    if let line = line(containing: ["Too many authentication failures"]), !line.isEmpty {
      return answers.isPasswordTried ? .loginRefused(evidence([line])) : .tooManyAuthenticationFailures
    }
    // ssh's limit for a packet (`ServerAliveInterval` times `ServerAliveCountMax`), at any place after the greeting.
    if log.serverSoftware != nil, let line = line(containing: ["Connection to "]), line.hasSuffix(" timed out") {
      return .noBanner("\(has("SSH2_MSG_NEWKEYS received") ? Cause.silentLoginSign : Cause.keyExchangeSign)\n\(line)")
    }
    if log.serverSoftware != nil, let line = line(containing: Cause.damaged.signs) { return .noBanner(line) }
    // One of the host's addresses may have failed before another answered.
    if log.methodsThatCanContinue != nil { return nil }
    if let line = line(containing: ["Could not resolve hostname", "Name or service not known"]) {
      return .unknownHost(line)
    }
    if let line = line(containing: ["during banner exchange", "banner exchange: "]) { return .noBanner(line) }
    if let line = line(containing: ["Connection refused"]) { return .connectionRefused(line) }
    if let line = line(containing: ["No route to host", "Network is unreachable", "Host is down"]) {
      return .unreachable(line)
    }
    if log.serverSoftware == nil, let line = line(containing: Self.hangUpSigns) {
      return .noBanner(penaltyExplanation ?? line)
    }
    if let line = line(containing: ["timed out"]) { return .connectionTimedOut(line) }
    return nil
  }

  private var refusal: HostError? {
    // ssh prints "please try again" after a wrong password. Without another password, it is ended at the next prompt.
    let signs = [
      "Permission denied (", "Permission denied, please try again", "No more authentication methods",
      "No supported authentication",
    ]
    if answers.isRefused || signs.contains(where: has) {
      return .loginRefused(evidence(log.remoteNotes))
    }
    if let line = line(containing: [Cause.noMethodsSign]) {
      var refusal = evidence([line])
      refusal.takesNone = true
      return .loginRefused(refusal)
    }
    if let line = line(containing: Self.hangUpSigns) {
      if log.methodsThatCanContinue != nil {
        return .loginRefused(evidence(log.remoteNotes + [line]))
      }
      return .noBanner(log.serverSoftware == nil ? line : "\(Cause.hungUpSign)\n\(line)")
    }
    return nil
  }

  private func evidence(_ notes: [String]) -> LoginRefusal {
    var refusal = LoginRefusal(
      methods: log.methodsThatCanContinue ?? [], isPasswordTried: answers.isPasswordTried,
      answeredQuestions: answers.questions, partialSuccesses: log.partialSuccesses, notes: notes)
    refusal.takesNone = log.methodsThatCanContinue?.isEmpty == true && log.partialSuccesses.isEmpty
    let refused = log.offered.filter { key in key.type.hasSuffix("-CERT") && !log.accepted.contains(key) }
    refusal.certificates = refused.map(\.path).map { LocalFile.isReadable($0 + "-cert.pub") ? $0 + "-cert.pub" : $0 }
    return refusal
  }

  /// The server's message in place of its banner (sshd.c, since 8.2 and 9.8).
  private var penaltyExplanation: String? {
    if has("Not allowed at this time") {
      return "the server turns this address away for a while, after failed logins or too many connections "
        + "(\"Not allowed at this time\")"
    }
    if has("Exceeded MaxStartups") {
      return "the server has too many logins under way (\"Exceeded MaxStartups\")"
    }
    return nil
  }

  private static let hangUpSigns = [
    "kex_exchange_identification: ", "ssh_exchange_identification: ", "Connection closed by ", "Connection reset by ",
    "closed by remote host", "Bad remote protocol version",
  ]
  private static let lostSigns = [
    "Connection reset", "Broken pipe", "closed by remote host", "Timeout, server", "timed out",
  ]

  private func has(_ words: String) -> Bool { text.contains(words) }

  private func line(containing signs: [String]) -> String? {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let isSaid = { (line: String) in signs.contains(where: line.contains) }
    return lines.first { !$0.hasPrefix("debug") && isSaid($0) } ?? (lines.first(where: isSaid))
  }

  private var lastLine: String? { ownLines.last }

  /// All messages that ssh printed unasked, such as complaints about a configuration file.
  var ownWords: String? { ownLines.isEmpty ? nil : ownLines.suffix(20).joined(separator: "\n") }

  private var ownLines: [String] {
    text.split(whereSeparator: \.isNewline).map(String.init)
      .filter { line in !Self.noise.contains(where: line.hasPrefix) }
  }

  private static let noise = ["debug", "Transferred: ", "Bytes per", "OpenSSH_", "Warning: Permanently added "]
}

extension String {
  fileprivate func components(after separator: String) -> String? {
    firstRange(of: separator).map { String(self[$0.upperBound...]) }
  }
}

extension SSHClientLog {
  /// sshd's notes about a command= before the key: `PATH:LINE: key options: agent-forwarding command …` (auth.c); before
  /// 7.7 without a place.
  var forcedCommands: [String] {
    remoteNotes.filter { note in
      if note.contains("Forced command") { return true }
      guard let options = note.firstRange(of: "key options:")?.upperBound else { return false }
      return note[options...].split(separator: " ").contains("command")
    }
  }
}

extension Login {
  /// Reads the log of a successful login.
  init(_ log: SSHClientLog, greeting: Output = Output()) {
    let accepted = log.key
    let isOnDisk = accepted.map { $0.origins.contains(.file) || $0.origins.contains(.explicit) } ?? false
    let fingerprint = accepted?.fingerprint
    let acceptedPrints = Set(log.accepted.map(\.fingerprint))
    self.init(
      method: log.authenticatedBy, acceptedKey: fingerprint?.isEmpty == true ? nil : fingerprint,
      acceptedKeyPath: isOnDisk ? accepted?.path : nil, serverSoftware: log.serverSoftware,
      serverNotes: log.remoteNotes,
      refusedKeys: log.offered.map(\.fingerprint).filter { !acceptedPrints.contains($0) },
      partialSuccesses: log.partialSuccesses, greeting: greeting)
    methodsOffered = log.methodsOffered
    hostKey = log.hostKey?.fingerprint
  }
}
