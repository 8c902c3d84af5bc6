import Contract
import Diagnosis
import Formats
import Hosts
import Values

/// Sets options of sshd and changes no others. First reads without root, then has sshd judge the candidate before any
/// file changes, and checks the written files afterwards.
package struct SSHDOptionEdit: Sendable {
  let context: PrimitiveContext
  let edits: [SSHDConfigEdit]
  let path: RemotePath?
  /// The time until the watchdog restores the old files; see ``Watchdog``.
  let timeout: Seconds
  let key: KeyArgument?

  /// - Throws: ``Failure`` of kind `argument` for a name unknown to sshd.
  package init(
    _ context: PrimitiveContext, options: [String: OptionValue], path: RemotePath?, timeout: Seconds, key: KeyArgument?
  ) throws {
    self.context = context
    self.path = path
    self.timeout = timeout
    self.key = key
    edits = try options.sorted { $0.key < $1.key }.map { name, value in
      do throws(SSHDKeywordError) {
        return SSHDConfigEdit(try SSHDKeyword.named(name).name, values: value.texts)
      } catch {
        throw Failure(.argument, error.description).at(.edit)
      }
    }
    guard !edits.isEmpty else { throw Failure(.argument, "edit_config got an empty table of options") }
  }

  package func decide() async throws -> Decision {
    let facts = try await context.reader.facts()
    if facts.isDropbear {
      throw Failure(
        .refused, "there is no sshd_config: the server is \(facts.serverSoftware)",
        explanation: "\(facts.platform.configOwner ?? Self.dropbear), so a change could not be rehearsed either",
        fix: [facts.platform.clicks["edit_config"] ?? Self.dropbearFix]
      ).at(.edit)
    }
    var config: String?
    if let path { config = try await context.reader.absolute(path) }
    var sshd = try await SSHDReader(context.reader, config: config)
    sshd.wish = wishedLines
    let first = try await sshd.withoutRoot()
    sshd = sshd.following(first)
    if !facts.isRoot, let decision = try byReading(first, facts: facts, config: sshd.config) { return decision }
    var (now, known): (SSHDSnapshot, (SSHDReader.Candidate, SSHDSnapshot)?) = (first, nil)
    if !facts.isRoot {
      if let guess = guess(first, facts) {
        let answers = try await sshd.asRoot(after: first, judging: guess)
        (now, known) = (answers.now, (guess, answers.prospect))
      } else {
        now = try await sshd.asRoot(connection: first.connection)
      }
    }
    sshd = sshd.following(now)
    guard let tree = now.tree else {
      throw Failure(.absent, "there is no file \(sshd.config)", paths: [sshd.config]).at(.edit)
    }
    guard now.sshd != nil else { throw Failure(.absent, "no sshd is installed on the host").at(.edit) }
    if now.global == nil, !now.isWithoutRunDirectory {
      throw Failure(
        .config, Diagnosis(.configRefused, ["path": sshd.config], seen: now.problems),
        message: "sshd refuses its present configuration, so nothing is changed"
      ).at(.check)
    }
    return try await decide(sshd, now, tree, known: known)
  }

  /// The decision without root: only where every file is readable and already has the requested values.
  private func byReading(_ found: SSHDSnapshot, facts: Facts, config: String) throws -> Decision? {
    guard let tree = found.tree, found.unreadable.isEmpty,
      let defaults = SSHDDefaults.effective(for: facts.serverSoftware)
    else { return nil }
    let effective = defaults.acceptingDefaultKeysFile(edits, in: tree)
    // Any doubt is left to the check as root.
    guard let change = try? tree.applying(edits, effective: effective), change.files.isEmpty,
      change.steps.allSatisfy({ $0.overrides.isEmpty && found.arguments(setting: $0.keyword).isEmpty })
    else { return nil }
    return .unchanged("\(wishes) \(isOrAre) already in effect, by reading \(config)", fields([], effective: nil))
  }

  /// The candidate as far as the files tell without root; sshd then judges it in the round trip that reads the files as
  /// root. Another candidate, after all, is judged in a round trip of its own.
  private func guess(_ found: SSHDSnapshot, _ facts: Facts) -> SSHDReader.Candidate? {
    guard let tree = found.tree, found.unreadable.isEmpty, facts.platform.configOwner == nil,
      let defaults = SSHDDefaults.effective(for: facts.serverSoftware),
      let change = try? tree.applying(edits, effective: defaults.acceptingDefaultKeysFile(edits, in: tree)),
      !change.files.isEmpty
    else { return nil }
    return SSHDReader.Candidate(
      change.tree, changed: Set(change.files.keys), connection: connectionAfterwards(found.connection))
  }

  private func decide(
    _ sshd: SSHDReader, _ now: SSHDSnapshot, _ tree: SSHDConfigTree, known: (SSHDReader.Candidate, SSHDSnapshot)?
  ) async throws -> Decision {
    let defaults = SSHDDefaults.effective(for: sshd.facts.serverSoftware)
    let effective = (now.global ?? defaults)?.acceptingDefaultKeysFile(edits, in: tree)
    let change: SSHDConfigChange
    do { change = try tree.applying(edits, effective: effective, wish: now.wish) } catch {
      throw Failure(.argument, error.description).at(.edit)
    }
    let candidateCheck = CandidateCheck(
      edits: edits, before: now, defaultsAccepted: effective, change: change, facts: sshd.facts)
    guard !change.files.isEmpty else {
      if let objection = candidateCheck.objection(for: now) { throw objection }
      return .unchanged("\(wishes) \(isOrAre) already in effect", fields([], effective: now.global))
    }
    if let owner = sshd.facts.platform.configOwner {
      throw Failure(
        .refused, "sshd_config is not ours to edit on \(sshd.facts.platform.title)", explanation: owner,
        fix: [sshd.facts.platform.clicks["edit_config"]].compactMap(\.self), paths: change.files.keys.sorted()
      ).at(.edit)
    }
    if movesListeners { try await SSHDSocket(context, sshd: sshd).check() }
    let connection = connectionAfterwards(now.connection)
    var prospect: SSHDSnapshot?
    if now.global != nil {
      let changed = Set(change.files.keys)
      prospect = try await sshd.judgement(of: change.tree, changed: changed, connection: connection, known: known)
      if let prospect, let objection = candidateCheck.objection(for: prospect) { throw objection }
      if let prospect, prospect.global != nil, candidateCheck.difference(to: prospect).isEmpty {
        return .unchanged("\(wishes) \(isOrAre) already in effect", fields([], effective: now.global))
      }
    }
    let rehearsal = Rehearsal(
      context: context, sshd: sshd, now: now, change: change, prospect: prospect,
      key: try await WorkingKey(key, context), movesListeners: movesListeners, connection: connection)
    let apply = SSHDConfigApply(
      context: context, sshd: sshd, now: now, change: change, candidateCheck: candidateCheck, rehearsal: rehearsal,
      timeout: max(1, Int(timeout.duration.components.seconds)))
    let paths = change.files.keys.map(now.place).sorted()
    return .change(
      "set \(wishes) in \(paths.joined(separator: ", "))", planned: fields(paths, effective: prospect?.global),
      diff: (change.difference + candidateCheck.difference(to: prospect)).joined(separator: "\n")
    ) { writer in
      let after = try await apply(with: writer)
      if let updates = sshd.facts.platform.notes["updates"] {
        context.warn("\(context.host.name): \(updates)")
      }
      return fields(paths, effective: after.global)
    }
  }

  /// Whether sshd will listen on other addresses or ports.
  private var movesListeners: Bool {
    edits.contains { ["port", "listenaddress", "addressfamily"].contains($0.keyword.lowercased()) }
  }

  /// `SSH_CONNECTION` after the edit: a `Match LocalPort` then sees the new port.
  private func connectionAfterwards(_ connection: String) -> String {
    var words = connection.split(separator: " ").map(String.init)
    guard words.count == 4, let edit = edits.first(where: { $0.keyword.lowercased() == "port" }),
      case .values(let ports) = edit.wish, let first = ports.first, !ports.contains(words[3])
    else { return connection }
    words[3] = first
    return words.joined(separator: " ")
  }

  private static let dropbear = "dropbear has no configuration file; its options stand where it is started"
  private static let dropbearFix = "change the options where the system starts dropbear, with a second session open"

  /// The wanted lines, for sshd to render.
  private var wishedLines: String {
    edits.flatMap { edit -> [String] in
      guard case .values(let values) = edit.wish, !values.joined().contains(where: \.isNewline) else { return [] }
      return values.map { "\(edit.keyword) \($0)\n" }
    }.joined()
  }

  private var isOrAre: String { edits.count == 1 ? "is" : "are" }

  /// Such as `PubkeyAuthentication yes, Port 22`.
  private var wishes: String {
    edits.map { edit in
      guard case .values(let values) = edit.wish else { return edit.keyword }
      return "\(edit.keyword) \(values.joined(separator: ", "))"
    }.joined(separator: ", ")
  }

  private func fields(_ paths: [String], effective: SSHDEffective?) -> [String: LuaValue] {
    var values: [String: LuaValue] = [:]
    for edit in edits {
      guard case .values(let wished) = edit.wish else { continue }
      let texts = effective?[edit.keyword] ?? wished
      values[edit.keyword] = .string(texts.joined(separator: "\n"))
    }
    return [
      "paths": .table(LuaTable(list: paths.map { .string($0) })), "effective": .table(LuaTable(fields: values)),
    ]
  }
}
