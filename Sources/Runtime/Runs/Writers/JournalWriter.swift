import Diagnosis
import Formats
import Hosts
import LoginSafety
import Values

/// Records the before-image of each act in the journal, then passes the act to another writer.
struct JournalWriter: Writer {
  let writer: any Writer
  let reader: Reader
  /// `nil` if no journal is kept. The acts are counted all the same.
  let journal: Journal?
  /// The run's state with its ledger of changes.
  var state = RunState()
  /// The call of a primitive that the acts belong to.
  var call: Int?
  /// Called after each act, whatever its result.
  var acted: @Sendable () async -> Void = {}
  var isPlan: Bool { writer.isPlan }

  @discardableResult
  func perform(_ act: Act) async throws -> Output {
    try await recorded(act) { try await writer.perform(act) }
  }

  func answer(_ act: Act) async throws -> Output {
    try await recorded(act) { try await writer.answer(act) }
  }

  private func recorded(_ act: Act, _ body: () async throws -> Output) async throws -> Output {
    let recorded = try await record(of: act)
    try introduceHost()
    try write(.before(recorded))
    do {
      let output = try await followed(body)
      // Only the author of a recipe's own command knows the effects before a failure.
      let mayBeDone = act.isOpaque && !act.isNotStarted(output) || act.leavesNothing || act.path != nil
      let isDone = output.isSuccess || mayBeDone
      if isDone, recorded.undo != nil, !output.isSuccess {
        try write(.exited(act: recorded.number, status: output.status))
      }
      try write(isDone ? .done(act: recorded.number) : .failed(act: recorded.number))
      if act.rollsBack, act.path == nil {
        try write(.restored(host: reader.host.name, paths: Watchdog.restored(output), call: call))
      }
      return output
    } catch let error as HostError {
      // Otherwise, the result is unknown; an undo finds out by looking at the host.
      if error.precedesScript { try write(.failed(act: recorded.number)) }
      throw error
    } catch let error as WriteError {
      switch error {
      case .changedMeanwhile, .isLink, .notReceived: try write(.failed(act: recorded.number))
      case .failed:
        // Attributes are set in turn.
        if recorded.file?.kind != .setAttributes { try write(.failed(act: recorded.number)) }
      case .notAsWanted(_, _, let seen):
        switch act.kind {
        case .setMode:
          let isAsBefore = seen == recorded.file?.before.mode
          try write(isAsBefore ? .failed(act: recorded.number) : .done(act: recorded.number))
        case .makeDirectory: try write(.done(act: recorded.number))
        default: break
        }
      }
      throw error
    } catch {
      try write(.failed(act: recorded.number))
      throw error
    }
  }

  private func followed(_ body: () async throws -> Output) async throws -> Output {
    let result: Result<Output, any Error>
    do { result = .success(try await body()) } catch { result = .failure(error) }
    await acted()
    return try result.get()
  }

  /// Records the host with the run's first act there. The record reaches the disk with the act's.
  private func introduceHost() throws {
    let host = reader.host
    guard let journal, !host.isHere, let facts = host.knownFacts else { return }
    guard state.update({ $0.met.insert(host.name).inserted }) else { return }
    try journal.write(.met(host: host.name, RecordedHost(facts)), isDurable: false)
  }

  private func write(_ record: JournalRecord) throws {
    try journal?.write(record)
    state.update { $0.ledger.take(record) }
  }

  private func record(of act: Act) async throws -> RecordedAct {
    let number = state.nextAct()
    var recorded = RecordedAct(
      number: number, host: reader.host.name, account: act.account, summary: act.summary,
      subject: try await subject(of: act), leavesNothing: act.leavesNothing, scratch: act.scratch,
      isOpaque: act.isOpaque, rollsBack: act.rollsBack, call: call)
    recorded.undoes = act.undoes
    if let undo = act.undo, let journal {
      let seal = try JournalSeal.standard(in: journal.folder)
      recorded.undo = RecordedAct.RecordedUndo(command: undo, seal: seal.seal(undo, of: recorded, in: journal.runID))
    }
    return recorded
  }

  private func subject(of act: Act) async throws -> RecordedAct.Subject {
    func file(_ kind: RecordedAct.FileAct.Kind, _ path: String, leaves after: String?) async throws
      -> RecordedAct.Subject
    {
      .file(
        RecordedAct.FileAct(
          kind: kind, path: path, before: try await image(of: path, before: act), after: after,
          isConfig: reader.host.pendingRestarts.contains { $0.path == path }))
    }
    return switch act.kind {
    case .replaceFile(let path, let contents, _, _):
      try await file(.replaceFile, path, leaves: Checksum.text(of: contents))
    case .placeFile(let placed):
      try await file(.replaceFile, placed.path, leaves: placed.source.checksum)
    case .setMode(let path, let mode): try await file(.setMode, path, leaves: mode.description)
    case .setOwner(let path, let user, let group):
      try await file(.setOwner, path, leaves: (user ?? "") + (group.map { ":\($0)" } ?? ""))
    case .setAttributes(let path, _): try await file(.setAttributes, path, leaves: nil)
    case .makeDirectory(let path, let mode): try await file(.makeDirectory, path, leaves: mode.description)
    case .makeLink(let path, let target, _): try await file(.makeLink, path, leaves: target)
    case .remove(let path): try await file(.remove, path, leaves: nil)
    case .command(_, let creates, _): .command(creates: creates)
    }
  }

  private func image(of path: String, before act: Act) async throws -> BeforeImage {
    guard journal != nil else { return BeforeImage(exists: true, unkept: "no journal is kept") }
    let state = try await reader.state(of: path, as: act.account)
    guard let status = state.status else { return BeforeImage(exists: false) }
    var image = BeforeImage(exists: true)
    image.kind = String(status.kind.rawValue)
    image.mode = status.mode.description
    image.userID = status.userID
    image.groupID = status.groupID
    image.attributes = state.attributes.isEmpty ? nil : state.attributes
    switch act.kind {
    case .replaceFile, .remove: try image.keep(state, status, of: path)
    case .placeFile(let file):
      image.keptAs = file.keptAs
      if file.keptAs == nil { try image.keep(state, status, of: path) }
    case .setMode, .setOwner, .setAttributes, .makeDirectory, .makeLink, .command: break
    }
    return image
  }
}

extension BeforeImage {
  /// Keeps all data to restore the file: the contents, or the link's target; else the reason why not.
  fileprivate mutating func keep(_ state: FileState, _ status: FileStatus, of path: String) throws {
    switch status.kind {
    case .directory: break
    case .link:
      linkTarget = status.linkTarget
      if linkTarget == nil { unkept = "it was a link, and the host did not tell where to" }
    case .file:
      guard let bytes = state.contents else {
        let isLarge = status.size > FileProbe.contentsLimit
        unkept = isLarge ? "it was larger than \(FileProbe.contentsLimit >> 20) MiB" : "it could not be read"
        return
      }
      // A private key must not be copied anywhere, not even to undo a change.
      guard !bytes.containsPrivateKey else {
        throw Failure(.refused, "\(path) looks like a private key, and no copy of one is ever made", paths: [path])
      }
      contents = Base64.encode(bytes)
    case .other: unkept = "it was a pipe, a socket or a device"
    }
  }
}
