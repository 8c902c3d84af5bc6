import Diagnosis
import Formats
import Hosts
import Scripts
import Values

/// The way to undo one act, given the host's current state.
enum UndoDecision: Sendable, Hashable {
  /// These acts restore the old state.
  case restore([Act])
  /// The old state is back already.
  case isAsBefore
  /// The path was changed since; left alone unless the user insists on `insisted`.
  case differs(String, insisted: [Act])
  /// Cannot or should not be undone by a program; the text has the reason.
  case kept(String)
}

extension UndoDecision {
  /// Reads the host's current state and decides.
  ///
  /// - Parameter first: the states before the whole run. A file back in its original state is left alone, even after
  ///   several changes, such as a configuration restored by the run itself.
  /// - Throws: ``HostError``.
  init(of past: PastAct, first: OriginalStates, reader: Reader) async throws {
    do { try await self.init(asSeen: past, first: first, reader: reader) } catch let error as Failure {
      guard error.kind == .denied else { throw error }
      self = .kept(error.message)
    }
  }

  /// - Throws: also ``Failure`` of kind `denied` for a file that the account cannot look at now.
  private init(asSeen past: PastAct, first: OriginalStates, reader: Reader) async throws {
    let (act, account) = (past.recorded, past.account)
    guard !act.leavesNothing else {
      self = .isAsBefore
      return
    }
    switch act.subject {
    case .command where act.undo != nil: self = try await Self.ofUndo(past, account, reader)
    case .command(let creates): self = try await Self.ofCommand(act.summary, creates, account, reader)
    case .file(let file):
      let state = try await reader.state(of: file.path, as: account)
      let decision =
        file.touchesContents && first.holds(state, at: file.path)
        ? .isAsBefore : try await Self.ofFile(file, state, account, reader)
      let lost = file.before.attributes?.lost(in: state.attributes) ?? FileAttributes()
      self = decision.restoring(lost, of: file, as: account, isThere: state.status != nil)
    }
  }

  private static func ofFile(
    _ file: RecordedAct.FileAct, _ state: FileState, _ account: Account, _ reader: Reader
  ) async throws -> UndoDecision {
    let (path, image) = (file.path, file.before)
    switch file.kind {
    case .replaceFile:
      guard let status = state.status else {
        guard image.exists else { return .isAsBefore }
        // Removed by another user or process since, perhaps to revoke a key.
        return try await creation(path, image, account, reader) { .differs("\(path) was removed since", insisted: $0) }
      }
      guard status.kind == .file else { return .differs("\(path) is no file any more", insisted: []) }
      if state.unseen == .large || image.keptAs != nil { return try await ofLarge(file, state, account, reader) }
      return ofContents(file, state, account)
    case .setMode: return ofMode(file, state, account)
    case .setOwner: return ofOwner(file, state, account)
    case .makeDirectory:
      guard let status = state.status else { return .isAsBefore }
      guard status.kind == .directory else { return .differs("\(path) is no directory any more", insisted: []) }
      let content = try await reader.query(
        Script("list \(path)", ShellScripts.listDirectory, [path]), as: account)
      // In a plan, the host still has the files that the undo would have removed by then.
      let names = content.text.split(whereSeparator: \.isNewline).filter { name in
        reader.host.overlay["\(path)/\(name)"].map { $0.status != nil } ?? true
      }
      return names.isEmpty
        ? .restore([Act(.remove(path: path), as: account)]) : .kept("\(path) is not empty any more")
    case .makeLink:
      guard let status = state.status else { return .isAsBefore }
      guard status.kind == .link, status.linkTarget == file.after else {
        return .differs("\(path) was changed since", insisted: [])
      }
      return .restore([Act(.remove(path: path), as: account)])
    case .remove:
      guard state.status == nil else { return .differs("\(path) is there again", insisted: []) }
      return try await creation(path, image, account, reader) { .restore($0) }
    case .setAttributes: return .kept("\(path) keeps what an undo gave back to it")
    }
  }

  private static func ofContents(
    _ file: RecordedAct.FileAct, _ state: FileState, _ account: Account
  ) -> UndoDecision {
    let (path, image) = (file.path, file.before)
    guard let contents = state.contents else { return .kept("\(path) cannot be read") }
    if let why = image.unkept { return .kept("what \(path) held was not kept: \(why)") }
    let before = image.bytes
    if image.exists, contents == before { return .isAsBefore }
    let mode = image.fileMode ?? FileMode(bits: 0o600)
    let acts =
      image.exists
      ? [Act(.replaceFile(path: path, contents: before, mode: mode, expecting: contents), as: account)]
      : [Act(.remove(path: path), as: account)]
    return Checksum.text(of: contents) == file.after
      ? .restore(acts) : .differs("\(path) was changed since", insisted: acts)
  }

  private static func ofMode(
    _ file: RecordedAct.FileAct, _ state: FileState, _ account: Account
  ) -> UndoDecision {
    let (path, image) = (file.path, file.before)
    guard let status = state.status, let before = image.fileMode else { return .kept("\(path) is not there any more") }
    if status.mode == before { return .isAsBefore }
    let acts = [Act(.setMode(path: path, mode: before), as: account)]
    let isDirectory = status.kind == .directory
    return file.after.flatMap { FileMode($0) }?.isSatisfied(by: status.mode, isDirectory: isDirectory) == true
      ? .restore(acts) : .differs("\(path) is \(status.mode) now", insisted: acts)
  }

  private static func ofOwner(
    _ file: RecordedAct.FileAct, _ state: FileState, _ account: Account
  ) -> UndoDecision {
    let (path, image) = (file.path, file.before)
    guard let status = state.status, let user = image.userID, let group = image.groupID else {
      return .kept("\(path) is not there any more")
    }
    if status.userID == user, status.groupID == group { return .isAsBefore }
    let acts = [Act(.setOwner(path: path, user: String(user), group: String(group)), as: account)]
    let words = (file.after ?? "").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let set = (words.first.flatMap { $0.isEmpty ? user : Int($0) }, words.count > 1 ? Int(words[1]) : group)
    return set == (status.userID, status.groupID)
      ? .restore(acts) : .differs("\(path) belongs to \(status.userID):\(status.groupID) now", insisted: acts)
  }

  /// A command is judged by the paths that the command made.
  private static func ofCommand(
    _ summary: String, _ creates: [String], _ account: Account, _ reader: Reader
  ) async throws -> UndoDecision {
    guard !creates.isEmpty else { return .kept("\(summary): only its own opposite undoes it") }
    let states = try await reader.states(of: creates, as: account)
    let there = creates.filter { states[$0]?.status != nil }
    guard !there.isEmpty else { return .isAsBefore }
    if there.contains(where: { $0.hasSuffix(".pub") || states[$0]?.contents?.containsPrivateKey == true }) {
      return .kept("\(there.joined(separator: " and ")): the key may be in use elsewhere; remove it by hand")
    }
    return .restore(there.reversed().map { Act(.remove(path: $0), as: account) })
  }
}
