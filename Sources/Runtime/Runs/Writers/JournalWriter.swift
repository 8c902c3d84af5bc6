import Diagnosis
import Formats
import Hosts
import LoginSafety
import Values

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes down what was there before each act, then lets another writer do it.
struct JournalWriter: Writer {
  let writer: any Writer
  let reader: Reader
  let journal: Journal
  var isPlan: Bool { writer.isPlan }

  @discardableResult
  func perform(_ act: Act) async throws -> Output {
    try await recorded(act) { try await writer.perform(act) }
  }

  func answer(_ act: Act) async throws -> Output {
    try await recorded(act) { try await writer.answer(act) }
  }

  private func recorded(_ act: Act, _ body: () async throws -> Output) async throws -> Output {
    let number = journal.nextAct()
    var record = JournalRecord(kind: .before, time: Date().timeIntervalSince1970, act: number)
    record.host = reader.host.name
    record.account = act.account == .root ? "root" : "login"
    record.summary = act.summary
    record.path = act.path
    record.isConfig = reader.host.pendingRestarts.contains { $0.path == act.path } ? true : nil
    record.image = try await image(before: act)
    record.deed = act.deed
    record.after = act.leaves
    record.leavesNothing = act.leavesNothing ? true : nil
    record.scratch = act.scratch.isEmpty ? nil : act.scratch
    if case .command(_, let creates, _) = act.kind { record.creates = creates }
    try journal.write(record)
    do {
      let output = try await body()
      try journal.write(JournalRecord(kind: .done, time: Date().timeIntervalSince1970, act: number))
      return output
    } catch let error as HostError {
      // Nobody knows whether it was done; that is for the one to find out who takes it back.
      throw error
    } catch {
      try journal.write(JournalRecord(kind: .failed, time: Date().timeIntervalSince1970, act: number))
      throw error
    }
  }

  private func image(before act: Act) async throws -> JournalRecord.Image? {
    guard let path = act.path else { return nil }
    let state = try await reader.state(of: path, as: act.account)
    guard let status = state.status else { return JournalRecord.Image(exists: false) }
    var image = JournalRecord.Image(exists: true)
    image.kind = String(status.kind.rawValue)
    image.mode = status.mode.description
    image.userID = status.userID
    image.groupID = status.groupID
    image.attributes = state.attributes.isEmpty ? nil : state.attributes
    switch act.kind {
    case .replaceFile, .remove: try image.keep(state, status, of: path)
    case .setMode, .setOwner, .setAttributes, .makeDirectory, .makeLink, .command: break
    }
    return image
  }
}

extension JournalRecord.Image {
  /// What brings the file back: its contents, or where the link leads to; else why there is nothing.
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
      // A private key must not be copied anywhere, not even to take a change back.
      guard !bytes.containsPrivateKey else {
        throw Failure(.refused, "\(path) looks like a private key, and no copy of one is ever made", paths: [path])
      }
      contents = Base64.encode(bytes)
    case .other: unkept = "it was a pipe, a socket or a device"
    }
  }
}

extension Act {
  fileprivate var deed: JournalRecord.Deed {
    switch kind {
    case .replaceFile: .replaceFile
    case .setMode: .setMode
    case .setOwner: .setOwner
    case .setAttributes: .setAttributes
    case .makeDirectory: .makeDirectory
    case .makeLink: .makeLink
    case .remove: .remove
    case .command: .command
    }
  }

  /// What can be looked at later to see whether the act still stands.
  fileprivate var leaves: String? {
    switch kind {
    case .replaceFile(_, let contents, _, _): Checksum.text(of: contents)
    case .setMode(_, let mode), .makeDirectory(_, let mode): mode.description
    case .setOwner(_, let user, let group): (user ?? "") + (group.map { ":\($0)" } ?? "")
    case .makeLink(_, let target, _): target
    case .setAttributes, .remove, .command: nil
    }
  }
}
