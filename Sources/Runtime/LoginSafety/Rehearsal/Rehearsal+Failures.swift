import Contract
import Diagnosis
import Formats
import Hosts

extension Rehearsal {
  /// The failure for a candidate that refuses the login, although the present configuration accepts the login.
  func refusal(_ result: FreshLoginResult, said: [String]) -> Failure {
    var lines: [String] = []
    for line in said where !lines.contains(line) && !Self.usual.contains(where: line.hasPrefix) { lines.append(line) }
    var failure = Failure(
      .rehearsal, "the new configuration does not let \(sshd.facts.user) in, so nothing was changed"
    ).at(.rehearsal)
    let causes = Cause.server + Cause.accounts
    if lines.contains(where: { $0.hasPrefix("Partial ") }) {
      var slots: [String: String] = [:]
      if case .loginRefused(let refusal)? = result.error { slots["more"] = refusal.methods.joined(separator: " or ") }
      (failure.cause, failure.explanation) = (.moreNeeded, Diagnosis(.moreNeeded, slots).explanation)
    } else if let (cause, line) = Cause.recognized(in: lines, among: causes) {
      let option = line.split(separator: " ").last.map(String.init) ?? "an option"
      let path = line.split { " :".contains($0) }.first { $0.hasPrefix("/") }.map(String.init) ?? "the file"
      let diagnosis = Diagnosis(
        cause, ["user": sshd.facts.user, "option": option, "path": path, "why": "see the lines below"])
      (failure.cause, failure.explanation) = (cause, diagnosis.explanation)
    } else {
      failure.explanation = explanation(result)
    }
    failure.seen = lines.map { "sshd: \($0)" } + result.clientText.filter { !$0.contains("UNKNOWN") }
    failure.paths = change.files.keys.sorted()
    failure.fix = [fix(result)]
    return failure
  }

  private func explanation(_ result: FreshLoginResult) -> String {
    let user = sshd.facts.user
    switch result.error {
    case .noShell(let status, let text, _)?:
      let said = text.split(whereSeparator: \.isNewline).last.map { "it said \"\($0)\"" } ?? "not a word came back"
      return "\(user) was let in, but no command of ours ran: \(said) (exit status \(status)); ForceCommand, "
        + "ChrootDirectory or the account's shell decides there"
    case .loginRefused(let refusal)?:
      let methods = refusal.methods
      if key != nil, !methods.isEmpty, !methods.contains("publickey") {
        return Diagnosis(.pubkeyOff, ["user": user]).explanation
      }
      let way = key == nil ? "the way in which this run logged in" : "the key"
      if methods.isEmpty { return "\(way) was refused" }
      return "\(way) was refused or not enough; the server takes: \(methods.joined(separator: ", "))"
    case .connectionLost?:
      return "\(user) was let in, and then the connection ended before a command of ours had run"
    case let error?: return Failure(error, target: context.host.target).message
    case nil: return "the login ended without a word"
    }
  }

  private func fix(_ result: FreshLoginResult) -> String {
    if key == nil {
      return "put a key on the host first and log in with it: copy_id, verify_login, then edit_config"
    }
    let names = change.steps.map(\.keyword).joined(separator: ", ")
    return "give \(names) a value with which \(sshd.facts.user) still gets in, or name the key that will be used: "
      + "edit_config { key = … }"
  }

  /// The messages of every login.
  private static let usual = [
    "Connection from ", "Postponed ", "Accepted key ", "Received disconnect", "Disconnected from",
    "Connection closed by", "Unable to load host key", "Close session", "Closing connection", "Starting session",
    "User child is on",
    "Transferred:", "mm_reap: ", "Connection reset by ",
  ]

  func unbound(_ lines: [String]) -> Failure {
    Failure(
      .rehearsal, "sshd could not listen where the new configuration says, so nothing was changed",
      explanation: "another program has the port, or the address is not one of the host's own",
      seen: lines.map { "sshd: \($0)" },
      fix: ["choose a port that is free and an address that the host has: ss -ltn; ip address"],
      paths: change.files.keys.sorted()
    ).at(.rehearsal)
  }

  /// Bind errors, except for ports in use by the running sshd.
  static func unbound(_ text: String, before: SSHDEffective?) -> [String] {
    let lines = text.split(whereSeparator: \.isNewline).compactMap { line in
      line.hasPrefix("bind ") ? String(line.dropFirst(5)) : nil
    }
    let ours = Set(before?.listeningPorts ?? [])
    let isListening = lines.contains { $0.hasPrefix("Server listening on ") }
    return lines.filter { line in
      let words = line.split(separator: " ")
      guard line.hasPrefix("Bind to port "), words.count > 3, let port = Int(words[3]) else { return false }
      if line.contains("already in use") { return !ours.contains(port) }
      // On a host without IPv6, binding [::] fails while sshd listens on IPv4.
      return line.contains("Cannot assign") || !isListening
    }
  }

  /// Whether sshd reported neither success nor failure for some address in time.
  static func isSilent(_ text: String) -> Bool {
    text.split(whereSeparator: \.isNewline).contains("bind nothing said")
  }
}

extension SSHDEffective {
  /// The ports of `ListenAddress`, printed by sshd with each address.
  var listeningPorts: [Int] {
    (values["listenaddress"] ?? []).compactMap { address in
      address.split(separator: ":").last.flatMap { Int($0) }
    }
  }
}
