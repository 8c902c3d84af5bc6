import Formats
import Hosts
import Scripts
import Values

/// What can be taken back of one change, as the host is now.
enum UndoDecision: Sendable, Hashable {
  /// These acts bring back what was there before.
  case restore([Act])
  /// It is as before already.
  case isAsBefore
  /// Somebody has changed it since; it is left alone unless the person insists on `insisted`.
  case differs(String, insisted: [Act])
  /// Cannot or should not be taken back by a program; says why.
  case kept(String)
}

extension UndoDecision {
  /// Looks at the host and decides.
  ///
  /// - Parameter first: what was there before the whole run; a file that is so again needs no detour over what it was in
  ///   between, such as a configuration that the run itself had put back.
  /// - Throws: ``HostError``.
  init(of change: PastRun.Change, first: OriginalStates, reader: Reader) async throws {
    let record = change.record
    if record.leavesNothing == true {
      self = .isAsBefore
      return
    }
    guard let path = record.path else {
      self = try await Self.ofCommand(change, reader)
      return
    }
    let state = try await reader.state(of: path, as: change.account)
    let image = record.image ?? JournalRecord.Image(exists: false)
    let verdict =
      record.touchesContents && first.holds(state, at: path)
      ? .isAsBefore : try await Self.ofFile(path, state, image, change, reader)
    let lost = image.attributes?.lost(in: state.attributes) ?? FileAttributes()
    self = verdict.bringing(back: lost, to: path, of: change, isThere: state.status != nil)
  }

  private static func ofFile(
    _ path: String, _ state: FileState, _ image: JournalRecord.Image, _ change: PastRun.Change, _ reader: Reader
  ) async throws -> UndoDecision {
    switch change.record.deed {
    case .replaceFile:
      guard let status = state.status else {
        guard image.exists else { return .isAsBefore }
        // Not by this run: whoever did it may have wanted a key gone.
        return try await creation(path, image, change, reader) { .differs("\(path) was removed since", insisted: $0) }
      }
      guard status.kind == .file else { return .differs("\(path) is no file any more", insisted: []) }
      return ofContents(path, state, image, change.record, change.account)
    case .setMode: return ofMode(path, state, image, change.record, change.account)
    case .setOwner: return ofOwner(path, state, image, change.record, change.account)
    case .makeDirectory:
      guard let status = state.status else { return .isAsBefore }
      guard status.kind == .directory else { return .differs("\(path) is no directory any more", insisted: []) }
      let content = try await reader.query(
        Script("list \(path)", ShellScripts.listDirectory, [path]), as: change.account)
      // In a plan the host still has what would be gone by then.
      let names = content.text.split(whereSeparator: \.isNewline).filter { name in
        reader.host.overlay["\(path)/\(name)"].map { $0.status != nil } ?? true
      }
      return names.isEmpty
        ? .restore([Act(.remove(path: path), as: change.account)]) : .kept("\(path) is not empty any more")
    case .makeLink:
      guard let status = state.status else { return .isAsBefore }
      guard status.kind == .link, status.linkTarget == change.record.after else {
        return .differs("\(path) was changed since", insisted: [])
      }
      return .restore([Act(.remove(path: path), as: change.account)])
    case .remove:
      guard state.status == nil else { return .differs("\(path) is there again", insisted: []) }
      return try await creation(path, image, change, reader) { .restore($0) }
    case .setAttributes: return .kept("\(path) keeps what an undo gave back to it")
    case .command, nil: return .kept("\(change.summary): only its own opposite takes it back")
    }
  }

  private static func ofContents(
    _ path: String, _ state: FileState, _ image: JournalRecord.Image, _ record: JournalRecord, _ account: Account
  ) -> UndoDecision {
    guard let contents = state.contents else { return .kept("\(path) cannot be read") }
    if let why = image.unkept { return .kept("what \(path) held was not kept: \(why)") }
    let before = image.bytes
    if image.exists, contents == before { return .isAsBefore }
    let mode = image.fileMode ?? FileMode(bits: 0o600)
    let acts =
      image.exists
      ? [Act(.replaceFile(path: path, contents: before, mode: mode, expecting: contents), as: account)]
      : [Act(.remove(path: path), as: account)]
    return Checksum.text(of: contents) == record.after
      ? .restore(acts) : .differs("\(path) was changed since", insisted: acts)
  }

  private static func ofMode(
    _ path: String, _ state: FileState, _ image: JournalRecord.Image, _ record: JournalRecord, _ account: Account
  ) -> UndoDecision {
    guard let status = state.status, let before = image.fileMode else { return .kept("\(path) is not there any more") }
    if status.mode == before { return .isAsBefore }
    let acts = [Act(.setMode(path: path, mode: before), as: account)]
    return status.mode.description == record.after
      ? .restore(acts) : .differs("\(path) is \(status.mode) now", insisted: acts)
  }

  private static func ofOwner(
    _ path: String, _ state: FileState, _ image: JournalRecord.Image, _ record: JournalRecord, _ account: Account
  ) -> UndoDecision {
    guard let status = state.status, let user = image.userID, let group = image.groupID else {
      return .kept("\(path) is not there any more")
    }
    if status.userID == user, status.groupID == group { return .isAsBefore }
    let acts = [Act(.setOwner(path: path, user: String(user), group: String(group)), as: account)]
    let words = (record.after ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let set = (words.first.flatMap { $0.isEmpty ? user : Int($0) }, words.count > 1 ? Int(words[1]) : group)
    return set == (status.userID, status.groupID)
      ? .restore(acts) : .differs("\(path) belongs to \(status.userID):\(status.groupID) now", insisted: acts)
  }

  /// A command is known by what it made.
  private static func ofCommand(_ change: PastRun.Change, _ reader: Reader) async throws -> UndoDecision {
    guard let creates = change.record.creates, !creates.isEmpty else {
      return .kept("\(change.summary): only its own opposite takes it back")
    }
    let states = try await reader.states(of: creates, as: change.account)
    let there = creates.filter { states[$0]?.status != nil }
    guard !there.isEmpty else { return .isAsBefore }
    if there.contains(where: { $0.hasSuffix(".pub") || states[$0]?.contents?.containsPrivateKey == true }) {
      return .kept("\(there.joined(separator: " and ")): the key may be in use elsewhere; remove it by hand")
    }
    return .restore(there.reversed().map { Act(.remove(path: $0), as: change.account) })
  }
}

extension JournalRecord.Image {
  var fileMode: FileMode? { mode.flatMap { FileMode($0) } }
  var bytes: [UInt8] { contents.flatMap { Base64.decode($0.utf8) } ?? [] }
}
