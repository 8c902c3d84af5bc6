import Diagnosis

extension HostError {
  var kind: Failure.Kind {
    switch self {
    case .unknownHost, .connectionRefused, .unreachable, .connectionTimedOut, .noBanner, .noCommonAlgorithm,
      .beyondJumpHost, .forwardingRefused, .proxyCommand:
      .unreachable
    case .jumpHost(_, let error): error.kind
    case .hostKeyUnknown, .hostKeyChanged, .hostKeyRevoked: .hostKey
    case .loginRefused, .tooManyAuthenticationFailures, .keyUnusable, .noShell, .silentShell, .secretNeeded: .denied
    case .rootRefused: .root
    case .timedOut: .timeout
    case .connectionLost: .lost
    case .cancelled: .cancelled
    case .client: .client
    case .unclear: .failed
    }
  }

  /// The cause behind the error; `nil` for an error that needs no explanation.
  ///
  /// - Parameter target: the target of the login; `nil` for this computer.
  package func diagnosis(target: Target?) -> Diagnosis? {
    let slots = HostError.slots(target)
    switch self {
    case .unknownHost(let text):
      let slots = slots.merging(Self.place(in: text)) { $1 }
      var diagnosis = Diagnosis(.unknownHost, slots, seen: text.trimmedLines)
      guard text.contains("Temporary failure in name resolution") else { return diagnosis }
      // No name server has answered, so the name may be right.
      diagnosis.explanation =
        "no name server answered for \"\(slots["address"] ?? "the host")\": the network or the name servers are out of reach, or the "
        + "name is wrong"
      diagnosis.fix.append("see whether other names are found: getent hosts example.org")
      return diagnosis
    case .connectionRefused(let text):
      return Diagnosis(.refused, slots.merging(Self.place(in: text)) { $1 }, seen: text.trimmedLines)
    case .unreachable(let text):
      return Diagnosis(.noRoute, slots.merging(Self.place(in: text)) { $1 }, seen: text.trimmedLines)
    case .connectionTimedOut(let text): return Diagnosis(.timeout, slots, seen: text.trimmedLines)
    case .noBanner(let text):
      let known: [Cause] = [.penalty, .silentServer, .keyExchangeHangs, .silentLogin, .hungUp, .damaged]
      let cause = Cause.recognized(in: text.trimmedLines, among: known)?.cause ?? .noBanner
      return Diagnosis(cause, slots.merging(Self.place(in: text)) { $1 }, seen: text.trimmedLines)
    case .noCommonAlgorithm(let text):
      return Diagnosis(
        .oldAlgorithms, slots.merging(AlgorithmOffer(text)?.slots ?? [:]) { $1 }, seen: text.trimmedLines)
    case .connectionLost(let text):
      let lines = text.trimmedLines
      let cause = lines.contains(Cause.sessionEndedSign) ? Cause.sessionEnded : .lost
      return Diagnosis(cause, slots, seen: lines)
    case .hostKeyUnknown(let fingerprint, let complaint):
      let seen = [fingerprint.map { "the host shows \($0)" }, complaint].compactMap(\.self)
      return Diagnosis(complaint == nil ? .hostKeyUnknown : .hostCertificate, slots, seen: seen)
    case .hostKeyRevoked(let fingerprint):
      return Diagnosis(.hostKeyRevoked, slots, seen: fingerprint.map { ["the host shows \($0)"] } ?? [])
    case .hostKeyChanged(let fingerprint, let file, let line, let name):
      return Self.changedKey(slots, fingerprint, file, line, name)
    case .loginRefused(let refusal): return refusal.diagnosis(slots)
    case .tooManyAuthenticationFailures: return Diagnosis(.tooManyKeys, slots)
    case .noShell(let status, let text, let notes): return Self.shellEnded(slots, status, text, notes)
    case .silentShell(let text, let notes): return Self.shellEnded(slots, nil, text, notes)
    case .rootRefused(let refusal): return refusal.diagnosis(slots)
    case .client(let text), .keyUnusable(let text): return Self.clientDiagnosis(slots, text.trimmedLines)
    case .jumpHost, .beyondJumpHost, .forwardingRefused, .proxyCommand: return diagnosisOfProxy(target, slots)
    case .secretNeeded(let request): return Self.expiredPassword(request, slots)
    case .timedOut, .cancelled, .unclear: return nil
    }
  }

  package static func slots(_ target: Target?) -> [String: String] {
    guard let target else { return [:] }
    var slots = [
      "target": target.description, "host": target.host, "address": target.host,
      "port": String(target.port ?? 22), "name": target.knownHostsArgument, "login": target.loginArguments,
    ]
    slots["user"] = target.user
    let host = target.host.contains(":") ? "[\(target.host)]" : target.host
    slots["account"] = (target.user.map { "\($0)@" } ?? "") + host
    return slots
  }

  /// A password that must be changed is asked for in the login, with PAM's message in front of the question.
  private static func expiredPassword(_ request: SecretRequest, _ slots: [String: String]) -> Diagnosis? {
    guard case .serverQuestion(_, let text, isPassword: true) = request else { return nil }
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    guard Cause.recognized(in: lines, among: [.passwordExpired]) != nil else { return nil }
    return Diagnosis(.passwordExpired, slots, seen: lines)
  }

  /// The address and the port in ssh's words, which may come from the user's configuration.
  static func place(in text: String) -> [String: String] {
    var place: [String: String] = [:]
    place["address"] = text.inside("connect to host ", " port ") ?? text.inside("Could not resolve hostname ", ": ")
    guard let behind = text.firstRange(of: " port ")?.upperBound else { return place }
    let digits = String(text[behind...].prefix(while: \.isNumber))
    if !digits.isEmpty, digits != "65535" { place["port"] = digits }
    return place
  }

  private static func clientDiagnosis(_ slots: [String: String], _ lines: [String]) -> Diagnosis? {
    let causes = [.jumpCircle] + Cause.keys + Cause.hostKeys
    guard let found = Cause.recognized(in: lines, among: causes) else { return nil }
    // The line of the file says more than "terminating, 1 bad configuration options", which comes last.
    let place = lines.first { $0.contains(" line ") } ?? found.line
    let text = found.cause == .clientConfig ? place : found.line
    var more = ["text": text]
    // `Bad owner or permissions on PATH`.
    more["path"] = found.line.firstRange(of: " permissions on ").map { String(found.line[$0.upperBound...]) }
    // `Load key "PATH": bad permissions`; an agent's key may have a comment in place of the path.
    let key = found.line.inside("Load key \"", "\"") ?? found.line.inside(" \"", "\" from agent")
    more["keypath"] = key.flatMap { $0.hasPrefix("/") ? $0 : nil }
    return Diagnosis(found.cause, slots.merging(more) { $1 }, seen: lines)
  }

  private static func changedKey(
    _ slots: [String: String], _ fingerprint: String?, _ file: String?, _ line: Int?, _ name: String?
  ) -> Diagnosis {
    var seen: [String] = []
    if let fingerprint { seen.append("the host shows \(fingerprint)") }
    if let file { seen.append("\(file)\(line.map { ":\($0)" } ?? "") has another one") }
    var more = ["path": file ?? "known_hosts"]
    // With HostName and HostKeyAlias, the file has another name than the user writes.
    let known = name.map { $0.contains("[") ? "'\($0)'" : $0 } ?? slots["name"] ?? ""
    let isUsual = file?.hasSuffix("/.ssh/known_hosts") ?? true
    more["name"] = known + (isUsual ? "" : " -f \(file ?? "")")
    return Diagnosis(.hostKeyChanged, slots.merging(more) { $1 }, seen: seen, paths: file.map { [$0] } ?? [])
  }

  /// - Parameter status: `nil` for a program that neither ended nor ran a script.
  private static func shellEnded(
    _ slots: [String: String], _ status: Int32?, _ text: String, _ notes: [String]
  ) -> Diagnosis {
    let lines = text.split(whereSeparator: \.isNewline).map(String.init)
    let end = status.map { "exit status \($0)" }
    let shown = lines.last.map { "\"\($0)\"" } ?? "\(end ?? "no end"), and not a word"
    let slots = slots.merging(["text": shown]) { $1 }
    if let forced = notes.first, forced.hasPrefix("cert:") {
      return Diagnosis(.forcedCertificate, slots, seen: ["sshd: \(forced)"] + lines + (end.map { [$0] } ?? []))
    }
    if let forced = notes.first {
      let place = forced.split(separator: ":").map(String.init)
      let isPlace = place.count > 2 && place[0].hasPrefix("/") && Int(place[1]) != nil
      let more =
        isPlace ? ["path": place[0], "line": "line \(place[1])"] : ["path": "authorized_keys", "line": "a line"]
      return Diagnosis(
        .forcedCommand, slots.merging(more) { $1 }, seen: ["sshd: \(forced)"] + lines + (end.map { [$0] } ?? []),
        paths: isPlace ? [place[0]] : [])
    }
    // sshd's own words: perror() of the shell's path, and nothing else.
    if lines.count == 1, lines[0].hasPrefix("/"), let path = lines[0].dropSuffix(": Permission denied") {
      return Diagnosis(
        .shellDenied, slots.merging(["path": path]) { $1 }, seen: lines + (end.map { [$0] } ?? []), paths: [path])
    }
    let known = Cause.recognized(in: lines, among: Cause.noShellSigns)?.cause
    let cause = known ?? (status == nil ? .startupFiles : .otherProgram)
    return Diagnosis(cause, slots, seen: lines + (end.map { [$0] } ?? []))
  }
}

extension Target {
  /// The arguments of `ssh` for a login by hand: `-p 2222 pi@nas`.
  package var loginArguments: String {
    (port.map { "-p \($0) " } ?? "") + (user.map { "\($0)@" } ?? "") + host
  }

  /// The host as a shell argument of `ssh-keygen -R` and `-F`: `nas`, or `'[nas]:2222'`.
  var knownHostsArgument: String {
    guard let port, port != 22 else { return host }
    return "'[\(host)]:\(port)'"
  }
}

extension String {
  /// The lines without blanks around them, and without blank lines.
  package var trimmedLines: [String] {
    split(whereSeparator: \.isNewline).map { String($0).trimmingSpaces }.filter { !$0.isEmpty }
  }

  package var trimmingSpaces: String {
    let back = reversed().drop(while: \.isWhitespace)
    return String(back.reversed().drop(while: \.isWhitespace))
  }

  /// The first absolute path in a message; sshd's sentences name the file in question first.
  var path: String? {
    guard let start = firstRange(of: " /")?.upperBound else { return nil }
    let text = self[index(before: start)...]
    return String(text.prefix { !" :'\"".contains($0) })
  }
}
