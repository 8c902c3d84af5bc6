import Hosts

/// Must read the journals of all earlier versions, so no key may change its meaning. Keys without a value are omitted.
extension JournalLine: Codable {
  private enum Kind: String, Codable {
    case run, met, before, done, failed, exited, moved, ended, restored, undone, unfinished, end
  }

  fileprivate enum Key: String, CodingKey {
    case kind, time, act, host, account, summary, deed, path, image, after, isConfig, creates, leavesNothing, scratch
    case port, hostKeyName, recipe, hosts, outcome, isOpaque, rollsBack, call, result, isProved, paths, run, left,
      logins, identity
    case undo, undoCheck, seal, undoes, status, total
  }

  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Key.self)
    time = try fields.decode(Double.self, forKey: .time)
    let act = try fields.decodeIfPresent(Int.self, forKey: .act) ?? 0
    switch try fields.decode(Kind.self, forKey: .kind) {
    case .run:
      record = .run(
        recipe: try fields.text(.recipe), hosts: try fields.decodeIfPresent([String].self, forKey: .hosts) ?? [],
        logins: try fields.decodeIfPresent([String: RecordedLogin].self, forKey: .logins) ?? [:])
    case .met:
      record = .met(
        host: try fields.decode(String.self, forKey: .host),
        try fields.decode(RecordedHost.self, forKey: .identity))
    case .before: record = .before(try RecordedAct(number: act, fields))
    case .done: record = .done(act: act)
    case .failed: record = .failed(act: act)
    case .exited: record = .exited(act: act, status: try fields.decodeIfPresent(Int32.self, forKey: .status) ?? 1)
    case .moved:
      let port = try fields.decodeIfPresent(Int.self, forKey: .port)
      let hostKeyName = try fields.decodeIfPresent(String.self, forKey: .hostKeyName)
      record = .moved(
        host: try fields.decode(String.self, forKey: .host),
        port.map { Relocation(port: $0, serverPort: $0, hostKeyName: hostKeyName) })
    case .ended:
      let result = CallEnd.Result(rawValue: try fields.text(.result)) ?? .failed
      record = .ended(
        call: try fields.decode(Int.self, forKey: .call),
        CallEnd(
          host: try fields.text(.host), result: result,
          isProved: try fields.decodeIfPresent(Bool.self, forKey: .isProved) ?? false))
    case .restored:
      record = .restored(
        host: try fields.text(.host), paths: try fields.decode([String].self, forKey: .paths),
        call: try fields.decodeIfPresent(Int.self, forKey: .call))
    case .undone:
      record = .undone(
        PastUndo(id: try fields.text(.run), left: try fields.decodeIfPresent(Int.self, forKey: .left) ?? 0))
    case .unfinished:
      record = .unfinished(
        UnfinishedHosts(
          names: try fields.decode([String].self, forKey: .hosts), total: try fields.decode(Int.self, forKey: .total)))
    case .end: record = .end(RecordedOutcome(text: try fields.text(.outcome)))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Key.self)
    try fields.encode(time, forKey: .time)
    func kind(_ kind: Kind) throws { try fields.encode(kind, forKey: .kind) }
    switch record {
    case .run(let recipe, let hosts, let logins):
      try kind(.run)
      try fields.encode(recipe, forKey: .recipe)
      try fields.encode(hosts, forKey: .hosts)
      if !logins.isEmpty { try fields.encode(logins, forKey: .logins) }
    case .met(let host, let identity):
      try kind(.met)
      try fields.encode(host, forKey: .host)
      try fields.encode(identity, forKey: .identity)
    case .before(let act):
      try kind(.before)
      try act.encode(to: &fields)
    case .done(let act):
      try kind(.done)
      try fields.encode(act, forKey: .act)
    case .failed(let act):
      try kind(.failed)
      try fields.encode(act, forKey: .act)
    case .exited(let act, let status):
      try kind(.exited)
      try fields.encode(act, forKey: .act)
      try fields.encode(status, forKey: .status)
    case .moved(let host, let relocation):
      try kind(.moved)
      try fields.encode(host, forKey: .host)
      try fields.encodeIfPresent(relocation?.port, forKey: .port)
      try fields.encodeIfPresent(relocation?.hostKeyName, forKey: .hostKeyName)
    case .ended(let call, let end):
      try kind(.ended)
      try fields.encode(call, forKey: .call)
      try fields.encode(end.host, forKey: .host)
      try fields.encode(end.result.rawValue, forKey: .result)
      if end.isProved { try fields.encode(true, forKey: .isProved) }
    case .restored(let host, let paths, let call):
      try kind(.restored)
      try fields.encode(host, forKey: .host)
      try fields.encode(paths, forKey: .paths)
      try fields.encodeIfPresent(call, forKey: .call)
    case .undone(let undo):
      try kind(.undone)
      try fields.encode(undo.id, forKey: .run)
      if undo.left > 0 { try fields.encode(undo.left, forKey: .left) }
    case .unfinished(let hosts):
      try kind(.unfinished)
      try fields.encode(hosts.names, forKey: .hosts)
      try fields.encode(hosts.total, forKey: .total)
    case .end(let outcome):
      try kind(.end)
      try fields.encode(outcome.text, forKey: .outcome)
    }
  }
}

extension KeyedDecodingContainer {
  /// `?` for a key missing from an older journal.
  fileprivate func text(_ key: Key) throws -> String { try decodeIfPresent(String.self, forKey: key) ?? "?" }
}

extension RecordedAct {
  fileprivate init(number: Int, _ fields: KeyedDecodingContainer<JournalLine.Key>) throws {
    self.number = number
    host = try fields.text(.host)
    account = try fields.decodeIfPresent(String.self, forKey: .account) == "root" ? .root : .login
    summary = try fields.text(.summary)
    leavesNothing = try fields.decodeIfPresent(Bool.self, forKey: .leavesNothing) ?? false
    scratch = try fields.decodeIfPresent([String].self, forKey: .scratch) ?? []
    isOpaque = try fields.decodeIfPresent(Bool.self, forKey: .isOpaque) ?? false
    rollsBack = try fields.decodeIfPresent(Bool.self, forKey: .rollsBack) ?? false
    call = try fields.decodeIfPresent(Int.self, forKey: .call)
    undoes = try fields.decodeIfPresent(String.self, forKey: .undoes)
    if let command = try fields.decodeIfPresent(String.self, forKey: .undo) {
      let check = try fields.decodeIfPresent(String.self, forKey: .undoCheck)
      undo = RecordedUndo(command: UndoCommand(command, check: check), seal: try fields.text(.seal))
    }
    let kind = try fields.decodeIfPresent(String.self, forKey: .deed).flatMap(FileAct.Kind.init)
    if let kind, let path = try fields.decodeIfPresent(String.self, forKey: .path) {
      subject = .file(
        FileAct(
          kind: kind, path: path,
          before: try fields.decodeIfPresent(BeforeImage.self, forKey: .image) ?? BeforeImage(exists: false),
          after: try fields.decodeIfPresent(String.self, forKey: .after),
          isConfig: try fields.decodeIfPresent(Bool.self, forKey: .isConfig) ?? false))
    } else {
      subject = .command(creates: try fields.decodeIfPresent([String].self, forKey: .creates) ?? [])
    }
  }

  fileprivate func encode(to fields: inout KeyedEncodingContainer<JournalLine.Key>) throws {
    try fields.encode(number, forKey: .act)
    try fields.encode(host, forKey: .host)
    try fields.encode(account == .root ? "root" : "login", forKey: .account)
    try fields.encode(summary, forKey: .summary)
    if leavesNothing { try fields.encode(true, forKey: .leavesNothing) }
    if !scratch.isEmpty { try fields.encode(scratch, forKey: .scratch) }
    if isOpaque { try fields.encode(true, forKey: .isOpaque) }
    if rollsBack { try fields.encode(true, forKey: .rollsBack) }
    try fields.encodeIfPresent(call, forKey: .call)
    try fields.encodeIfPresent(undo?.command.command, forKey: .undo)
    try fields.encodeIfPresent(undo?.command.check, forKey: .undoCheck)
    try fields.encodeIfPresent(undo?.seal, forKey: .seal)
    try fields.encodeIfPresent(undoes, forKey: .undoes)
    switch subject {
    case .file(let file):
      try fields.encode(file.kind.rawValue, forKey: .deed)
      try fields.encode(file.path, forKey: .path)
      try fields.encode(file.before, forKey: .image)
      try fields.encodeIfPresent(file.after, forKey: .after)
      if file.isConfig { try fields.encode(true, forKey: .isConfig) }
    case .command(let creates):
      try fields.encode("command", forKey: .deed)
      try fields.encode(creates, forKey: .creates)
    }
  }
}
