import Diagnosis
import Formats
import Values

extension LoginEvidence {
  /// The cause that fits the evidence, checked in the order of a login, from the client to the server.
  package var diagnosis: Diagnosis {
    moreNeededDiagnosis ?? clientDiagnosis ?? policyDiagnosis ?? fileDiagnosis ?? notedDiagnosis
      ?? loggedDiagnosis ?? Diagnosis(.refusedUnseen, slots, seen: seen)
  }

  private var slots: [String: String] {
    var slots = ["target": target, "user": user]
    slots["login"] = (try? Target(parsing: target))?.loginArguments ?? target
    slots["keypath"] = keyPath
    slots["key"] = fingerprint
    slots["path"] = server?.keysPath
    return slots
  }

  private var seen: [String] {
    otherWays + LoginRefusal.lines(ofPartialSuccesses: partialSuccesses)
      + (methods.isEmpty ? [] : ["the server takes: \(methods.joined(separator: ", "))"])
      + currentNotes.map { "sshd: \($0)" } + logged.map { "sshd's log: \($0)" }
  }

  private func made(_ cause: Cause, _ more: [String: String] = [:], _ seen: [String], _ paths: [String] = [])
    -> Diagnosis
  {
    Diagnosis(cause, slots.merging(more) { $1 }, seen: seen, paths: paths)
  }

  // MARK: Several methods required

  /// The key was accepted but did not suffice, or its turn comes only after another method, as in the run's own login.
  /// `nil` if nothing tells of a further method.
  package var moreNeededDiagnosis: Diagnosis? {
    if !partialSuccesses.isEmpty { return LoginRefusal.moreNeeded(partialSuccesses, methods, slots, seen: seen) }
    guard isKeyNoWay, !partialSuccessesOfRun.isEmpty else { return nil }
    return LoginRefusal.moreNeeded(["publickey"], partialSuccessesOfRun, slots, seen: seen)
  }

  // MARK: Errors before the server judged the key

  private var clientDiagnosis: Diagnosis? {
    let wasOffered = fingerprint.map(refusedKeys.contains) ?? !refusedKeys.isEmpty
    if let found = Cause.recognized(in: clientText, among: [.agentRefused, .tooManyKeys, .oldSignature]) {
      return made(found.cause, seen(found.line))
    }
    if wasOffered || isAccepted { return nil }
    if let found = Cause.recognized(in: clientText, among: Cause.keys) {
      return made(found.cause, ["text": found.line], seen(found.line), keyPath.map { [$0] } ?? [])
    }
    if key?.isDSA == true { return made(.dsa, []) }
    if isLocked { return made(.passphrase, ["no agent holds the key, and its passphrase was not asked for"]) }
    return nil
  }

  private func seen(_ line: String) -> [String] { [line] + seen }

  // MARK: sshd's configuration

  private var isKeyNoWay: Bool { !methods.isEmpty && !methods.contains("publickey") }

  private var policyDiagnosis: Diagnosis? {
    if let lists = methodListsWithoutKey { return lists }
    if config?.isPubkeyOff == true || isKeyNoWay { return made(.pubkeyOff, seen) }
    if let option = config?.refusal {
      return made(option == "PermitRootLogin" ? .rootLogin : .notAllowedUser, ["option": option], seen)
    }
    if config?.otherKeysFile?.lowercased() == "none" { return made(.noKeysFile, [:], seen) }
    if let file = config?.otherKeysFile { return made(.otherKeysFile, ["text": file], seen) }
    return nil
  }

  /// Keys are switched on, and `AuthenticationMethods` still leaves no way with a key alone: sshd skips each list with a
  /// method that is switched off.
  private var methodListsWithoutKey: Diagnosis? {
    guard isKeyNoWay, let config, !config.isPubkeyOff, !config.methodLists.isEmpty else { return nil }
    let wanted = config.methodLists.filter { Self.methods(of: $0).contains("publickey") }.flatMap(Self.methods)
    let off = Set(wanted).compactMap { config.methodsOff[$0] }.sorted()
    let more = [
      "lists": config.methodLists.map { "\"\($0)\"" }.joined(separator: " "),
      "off": off.isEmpty
        ? "" : "; sshd skips a list with a method that is switched off (\(off.joined(separator: ", ")))",
    ]
    return made(.methodsWithoutKey, more, seen)
  }

  /// `publickey,keyboard-interactive:pam` as `publickey` and `keyboard-interactive`.
  private static func methods(of list: String) -> [String] {
    list.split(separator: ",").map { String($0.prefix { $0 != ":" }).lowercased() }
  }

  // MARK: Files on the server

  private var fileDiagnosis: Diagnosis? {
    guard let server else { return nil }
    guard server.hasHome else { return made(.noHome, ["path": server.home], seen, [server.home]) }
    return modesDiagnosis(server) ?? aclDiagnosis(server) ?? contentsDiagnosis(server)
  }

  private func modesDiagnosis(_ server: Server) -> Diagnosis? {
    guard server.components.first?.path == server.keysPath else { return nil }
    let components = server.components.map { path, status in
      SafePath.Status(
        path: path, type: status.kind == .directory ? .directory : status.kind == .link ? .link : .regular,
        bits: status.mode.bits, uid: UInt32(clamping: status.userID), gid: UInt32(clamping: status.groupID))
    }
    let rule = server.privateGroups.map { SafePath.Rule.debian(privateGroups: $0) } ?? .upstream
    let uid = UInt32(clamping: server.userID)
    let findings = SafePath(home: server.home, uid: uid, rule: rule).findings(components)
    guard let first = findings.first else { return nil }
    func lines(_ paths: [String]) -> [String] {
      server.components.filter { paths.contains($0.path) }.map { "\(text($0.status, server)) \($0.path)" } + seen
    }
    switch first.offence {
    case .notRegular: return made(.notRegular, ["path": first.path], lines([first.path]), [first.path])
    case .owner(let owner):
      let name = server.names[Int(owner)] ?? "the account number \(owner)"
      // Directories above the home belong to all accounts: no single account must get them.
      let isOwn = { (path: String) in path == server.home || path.hasPrefix(server.home + "/") }
      let all = findings.filter { if case .owner = $0.offence { isOwn($0.path) == isOwn(first.path) } else { false } }
      let more = [
        "path": first.path, "owner": name, "heir": isOwn(first.path) ? user : "root",
        "paths": all.map { ShellQuoting.word($0.path) }.joined(separator: " "),
      ]
      return made(.wrongOwner, more, lines([first.path]), [first.path])
    case .writable(let group, let others):
      let writable = findings.filter { if case .writable = $0.offence { true } else { false } }
      let all = writable.map(\.path)
      let who = group && others ? "its group and by all others" : group ? "its group" : "everybody"
      let change = Set(writable.map(\.chmod)).count == 1 ? first.chmod : nil
      let more = [
        "path": first.path, "who": who, "chmod": change ?? "g-w,o-w",
        "paths": all.map(ShellQuoting.word).joined(separator: " "),
      ]
      return made(.badModes, more, lines(all), all)
    }
  }

  /// `drwxrwxr-x pi pi`, with numbers for unknown names.
  private func text(_ status: FileStatus, _ server: Server) -> String {
    let owner = server.names[status.userID] ?? String(status.userID)
    return "\(status.kind.rawValue)\(status.mode.symbols)\(status.hasACL ? "+" : "") \(owner) \(status.groupID)"
  }

  private func aclDiagnosis(_ server: Server) -> Diagnosis? {
    guard server.isSynology else { return nil }
    let withACL = server.components.filter(\.status.hasACL)
    guard let first = withACL.last else { return nil }
    let lines = withACL.map { "\(text($0.status, server)) \($0.path)" } + seen
    return made(.badACL, ["path": first.path], lines, withACL.map(\.path))
  }

  private func contentsDiagnosis(_ server: Server) -> Diagnosis? {
    let path = server.keysPath
    guard server.keys.status != nil else { return notInstalled(server, ["there is no file \(path)"] + seen) }
    guard let bytes = server.keys.contents, let key else { return nil }
    let file = AuthorizedKeys(bytes)
    if file.isUTF16 {
      return made(
        .keyDamaged, ["line": "every", "why": "the file is in UTF-16, and sshd reads plain text"], seen, [path])
    }
    switch file.presence(of: key.blob) {
    case .present: return nil
    case .presentWithOptions(let line, let options):
      return made(.keyOptions, ["line": String(line), "text": options], seen, [path])
    case .commentedOut(let line): return made(.keyCommented, ["line": String(line)], seen, [path])
    case .glued(let line): return made(.keyGlued, ["line": String(line)], seen, [path])
    case .absent:
      guard let broken = file.invalidLines.first else { return notInstalled(server, seen) }
      return made(.keyDamaged, ["line": String(broken.line), "why": broken.why], seen, [path])
    }
  }

  /// ssh-copy-id knows only the usual file.
  private func notInstalled(_ server: Server, _ seen: [String]) -> Diagnosis {
    let path = server.keysPath
    var diagnosis = made(.keyNotInstalled, seen, [path])
    guard path != server.home + "/.ssh/authorized_keys" else { return diagnosis }
    let root = path.hasPrefix(server.home + "/") ? "" : ", root = true"
    diagnosis.fix = ["in a recipe: host:copy_id { key = key\(root) }, which puts the key into \(path)"]
    return diagnosis
  }

  // MARK: sshd's own notes

  private var notedDiagnosis: Diagnosis? {
    let causes: [Cause] = [
      .badACL, .badModes, .notRegular, .unreadableKeys, .keyOptions, .keyRevoked, .keyType, .notAllowedUser, .rootLogin,
      .accountLocked, .accountPAM,
    ]
    guard let found = Cause.recognized(in: currentNotes, among: causes) else { return nil }
    return said(found.cause, found.line)
  }

  /// sshd's notes without those about modes that have changed since: a note is older than a chmod of this run. A path
  /// that others may still write is as sshd saw the path, even if our own rule disagrees.
  private var currentNotes: [String] {
    guard let server else { return notes }
    return notes.filter { note in
      guard Cause.badModes.signs.contains(where: note.contains), let path = note.path else { return true }
      guard let status = server.components.first(where: { $0.path == path })?.status else { return true }
      return status.mode.bits & 0o022 != 0 || status.userID != 0 && status.userID != server.userID
    }
  }

  /// sshd's log lines about this login.
  private var loggedDiagnosis: Diagnosis? {
    let causes = (Cause.server + Cause.accounts).filter { cause in
      ![.wrongPassword, .moreNeeded, .noWayIn, .pubkeyOff].contains(cause)
    }
    guard let found = Cause.recognized(in: logged, among: causes) else { return nil }
    return said(found.cause, found.line)
  }

  /// The cause named by a line of sshd.
  private func said(_ cause: Cause, _ line: String) -> Diagnosis {
    var more = ["text": line, "who": "its group or by all others", "chmod": "g-w,o-w"]
    more["path"] = line.path
    if let path = line.path, let status = server?.components.first(where: { $0.path == path })?.status {
      let (group, others) = (status.mode.bits & 0o020 != 0, status.mode.bits & 0o002 != 0)
      if group != others {
        more["who"] = group ? "its group" : "everybody"
        more["chmod"] = group ? "g-w" : "o-w"
      }
    }
    for option in ["AllowUsers", "DenyUsers", "AllowGroups", "DenyGroups"] where line.contains(option) {
      more["option"] = option
    }
    if line.contains("not in any group") { more["option"] = "AllowGroups" }
    if let type = key?.type {
      more["type"] = "the type \(type)"
      more["othertype"] = type == "ssh-ed25519" ? "rsa -b 3072" : "ed25519"
    }
    return made(cause, more, seen, line.path.map { [$0] } ?? [])
  }

  private func made(_ cause: Cause, _ seen: [String], _ paths: [String] = []) -> Diagnosis {
    made(cause, [:], seen, paths)
  }
}
