import Diagnosis
import Formats
import Hosts

/// Judges a candidate by sshd's output: the requested options are in effect, globally and for the account, no other
/// option changed, and the account is still let in.
struct CandidateCheck: Sendable {
  let edits: [SSHDConfigEdit]
  let before: SSHDSnapshot
  /// The configuration before the edit. A default as good as the requested value counts as that value.
  let defaultsAccepted: SSHDEffective?
  let change: SSHDConfigChange
  let facts: Facts

  /// The reason to refuse the candidate; `nil` if there is none. Parts without an answer from sshd are not judged.
  func objection(for after: SSHDSnapshot) -> Failure? { judged(after)?.at(.check) }

  private func judged(_ after: SSHDSnapshot) -> Failure? {
    guard let global = after.global else {
      guard !after.problems.isEmpty, !after.isWithoutRunDirectory else { return nil }
      return Failure(
        .config, Diagnosis(.configRefused, ["path": change.tree.main], seen: after.problems),
        message: "sshd refuses the new configuration")
    }
    for edit in edits where !isInEffect(edit, global) && !isDefault(edit) {
      if let failure = commandLine(edit) { return failure }
      let has = global[edit.keyword].map { $0.joined(separator: ", ") } ?? "not set"
      return Failure(
        .config, "\(edit.keyword) would still be \(has)", seen: change.explanation, paths: change.files.keys.sorted())
    }
    if let port = uselessPort(global) { return port }
    if let other = sideEffect(from: before.global, to: global) { return other }
    guard let user = after.user else { return nil }
    return lockout(user) ?? override(user)
  }

  /// Whether the default is as good as the requested value, and no line outside the `Match` blocks replaces it.
  private func isDefault(_ edit: SSHDConfigEdit) -> Bool {
    guard case .values(let wished) = edit.wish else { return false }
    return defaultsAccepted?[edit.keyword] == wished && change.tree.firstValue(of: edit.keyword) == nil
  }

  private func isInEffect(_ edit: SSHDConfigEdit, _ effective: SSHDEffective) -> Bool {
    guard case .values(let wished) = edit.wish, let keyword = SSHDKeyword.find(edit.keyword) else { return true }
    guard let has = effective[edit.keyword] else { return false }
    if keyword.name == "ListenAddress" { return wished.allSatisfy { wish in SSHDAddress(wish).isListened(in: has) } }
    if let rendered = before.wish?.rendering(of: keyword) { return keyword.isSame(rendered, has) }
    return SSHDValue.areSame(wished.map(SSHDValue.words), has.map(SSHDValue.words), keyword: keyword)
  }

  /// The options of sshd's command line win over the files.
  private func commandLine(_ edit: SSHDConfigEdit) -> Failure? {
    let arguments = before.arguments(setting: edit.keyword)
    guard !arguments.isEmpty else { return nil }
    return Failure(
      .config, "sshd's command line decides about \(edit.keyword), so nothing was changed",
      explanation: "sshd was started with \(arguments.joined(separator: " ")), which wins over \(change.tree.main)",
      seen: ["sshd \(before.arguments.joined(separator: " "))"],
      fix: [
        "take the option out of sshd's start and restart sshd: see systemctl cat ssh sshd, SSHD_OPTS in /etc/default/ssh, "
          + "OPTIONS in /etc/sysconfig/sshd"
      ], paths: [change.tree.main])
  }

  /// `Port` has no effect on a `ListenAddress` with a port of its own.
  private func uselessPort(_ new: SSHDEffective) -> Failure? {
    guard edits.contains(where: { $0.keyword.lowercased() == "port" }), let ports = new["Port"],
      !new.listeningPorts.isEmpty, Set(ports.compactMap(Int.init)).isDisjoint(with: new.listeningPorts)
    else { return nil }
    let addresses = (new["ListenAddress"] ?? []).joined(separator: ", ")
    return Failure(
      .config, "the new Port would be of no effect: ListenAddress names a port of its own",
      seen: ["ListenAddress \(addresses)"] + change.explanation,
      fix: ["set ListenAddress instead, with the new port"], paths: change.files.keys.sorted())
  }

  /// Names in the output of `sshd -T` that the edits may change.
  private var expected: Set<String> {
    var names = Set(edits.flatMap { SSHDKeyword.find($0.keyword)?.allNames ?? [$0.keyword.lowercased()] })
    // sshd prints each `ListenAddress` with its port.
    if !names.isDisjoint(with: ["port", "addressfamily"]) { names.insert("listenaddress") }
    return names
  }

  private func sideEffect(from old: SSHDEffective?, to new: SSHDEffective) -> Failure? {
    guard let other = old?.changes(to: new).first(where: { !expected.contains($0.keyword) }) else { return nil }
    return Failure(
      .config, "the edit would change \(other.keyword) too: \(other.sentence)", seen: change.explanation,
      paths: change.files.keys.sorted())
  }

  private func lockout(_ effective: SSHDEffective) -> Failure? {
    let address = before.connection.split(separator: " ").first.map(String.init) ?? "127.0.0.1"
    func rules(_ effective: SSHDEffective) -> SSHDLoginRules {
      SSHDLoginRules(effective: effective, user: facts.user, address: address)
    }
    guard let option = rules(effective).refusal else { return nil }
    guard before.user.map(rules)?.refusal == nil else { return nil }
    return Failure(
      .lockout, Diagnosis(.notAllowedUser, ["option": option, "user": facts.user], seen: change.explanation),
      message: "the new configuration would lock \(facts.user) out, so nothing was changed")
  }

  private func override(_ effective: SSHDEffective) -> Failure? {
    for (edit, step) in zip(edits, change.steps) where !step.overrides.isEmpty && !isInEffect(edit, effective) {
      let has = effective[edit.keyword]?.joined(separator: ", ") ?? "not set"
      return Failure(
        .config, "\(edit.keyword) is \(has) for \(facts.user) all the same: a Match block decides",
        seen: step.explanation, fix: ["change the line in the Match block by hand; edit_config never touches one"],
        paths: Set(step.overrides.map(\.place.path)).sorted())
    }
    return nil
  }

  /// The authentication methods that the edits switch off.
  var closedMethods: Set<String> {
    let methods = [
      "PasswordAuthentication": "password", "KbdInteractiveAuthentication": "keyboard-interactive",
      "PubkeyAuthentication": "publickey", "GSSAPIAuthentication": "gssapi-with-mic",
      "HostbasedAuthentication": "hostbased",
    ]
    return Set(edits.filter { $0.wish == .values(["no"]) }.compactMap { methods[$0.keyword] })
  }

  /// The differences in effect, one option per line.
  func difference(to after: SSHDSnapshot?) -> [String] {
    guard let old = before.global, let new = after?.global else { return [] }
    let global = old.changes(to: new)
    let user = zip(before.user.map { [$0] } ?? [], after?.user.map { [$0] } ?? []).flatMap { $0.changes(to: $1) }
    let lines = global.map { "effective: \($0.keyword) \($0.sentence)" }
    guard user != global else { return lines }
    return lines + user.map { "effective for \(facts.user): \($0.keyword) \($0.sentence)" }
  }
}

extension SSHDEffective.Change {
  /// Such as `yes -> no`.
  var sentence: String {
    let old = self.old?.joined(separator: ", ") ?? "not set"
    return "\(old) -> \(new?.joined(separator: ", ") ?? "not set")"
  }
}

extension SSHDConfigChange.Action {
  /// `nil` if no file changes.
  var place: SSHDConfigTree.Place? {
    switch self {
    case .unchanged: nil
    case .replaced(let place, _, _), .inserted(let place, _, _), .removed(let place, _): place
    }
  }
}

extension SSHDConfigChange {
  /// The difference as text, without context: for each place, the lines removed and added.
  var difference: [String] {
    steps.flatMap(\.actions).flatMap { action in
      switch action {
      case .unchanged: [String]()
      case .replaced(let place, let old, let new): ["@@ \(place.description)", "-\(old)", "+\(new)"]
      case .inserted(let place, let text, _): ["@@ \(place.description)", "+\(text)"]
      case .removed(let place, let text): ["@@ \(place.description)", "-\(text)"]
      }
    }
  }
}
