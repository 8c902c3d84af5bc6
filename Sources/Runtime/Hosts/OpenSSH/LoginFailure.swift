import Formats

/// Interprets the end of an `ssh` from its output (sshconnect.c, ssh.c, packet.c; the wordings of 6.6 to 10.x).
struct LoginFailure {
  let log: SSHClientLog
  let text: String
  let target: String
  var wasPasswordTried = false

  init(logBytes: [UInt8], target: String, wasPasswordTried: Bool = false) {
    log = SSHClientLog(logBytes)
    text = String(decoding: logBytes, as: UTF8.self)
    self.target = target
    self.wasPasswordTried = wasPasswordTried
  }

  /// - Parameter end: how the process ended.
  func error(_ end: ShellEnd) -> HostError {
    if let failure = end.startFailure { return .client("\"ssh\" could not be started: \(failure)") }
    if log.isAuthenticated {
      guard end.status == 255, !end.hadBegun, let line = line(containing: Self.lostSigns) else {
        if end.hadBegun { return .connectionLost(lastLine ?? "the connection to \(target) ended") }
        return .noShell(status: end.status ?? 255, text: end.noise.trimmingSuffix(while: \.isWhitespace))
      }
      return .connectionLost(line)
    }
    return hostKeyError ?? networkError ?? refusal ?? .client(lastLine ?? "\"ssh\" ended with \(end.status ?? 255)")
  }

  private var hostKeyError: HostError? {
    if has("REMOTE HOST IDENTIFICATION HAS CHANGED") || has("Offending") && has("Host key verification failed") {
      let place = line(containing: ["Offending "])?.components(after: " key in ")
      let colon = place?.lastIndex(of: ":")
      let file = place.flatMap { place in colon.map { String(place[..<$0]) } }
      let number = place.flatMap { place in colon.flatMap { Int(place[place.index(after: $0)...]) } }
      return .hostKeyChanged(fingerprint: log.hostKey?.fingerprint, file: file, line: number)
    }
    if has("Host key verification failed") || has("host key is known for") {
      return .hostKeyUnknown(fingerprint: log.hostKey?.fingerprint)
    }
    return nil
  }

  private var networkError: HostError? {
    if let line = line(containing: ["Could not resolve hostname", "Name or service not known"]) {
      return .unknownHost(line)
    }
    if let line = line(containing: ["no matching ", "Unable to negotiate"]) { return .noCommonAlgorithm(line) }
    if let line = line(containing: ["Too many authentication failures"]), !line.isEmpty {
      return .tooManyAuthenticationFailures
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
    if has("Permission denied (") || has("No more authentication methods") || has("No supported authentication") {
      return .loginRefused(evidence(log.remoteNotes))
    }
    if let line = line(containing: Self.hangUpSigns) {
      if log.methodsThatCanContinue != nil {
        return .loginRefused(evidence(log.remoteNotes + [line]))
      }
      return .noBanner(line)
    }
    return nil
  }

  private func evidence(_ notes: [String]) -> LoginRefusal {
    LoginRefusal(
      methods: log.methodsThatCanContinue ?? [], isPasswordTried: wasPasswordTried,
      partialSuccesses: log.partialSuccesses, notes: notes)
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

  private var lastLine: String? {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    return lines.last { !$0.hasPrefix("debug") && !$0.hasPrefix("Transferred: ") && !$0.hasPrefix("Bytes per") }
  }
}

extension String {
  fileprivate func components(after separator: String) -> String? {
    firstRange(of: separator).map { String(self[$0.upperBound...]) }
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
  }
}
