import Contract
import Diagnosis
import Formats
import Hosts
import Values

/// Replaces a file's whole contents and its mode; shared by `write` and `upload`.
struct WholeFile: Sendable {
  let reader: Reader
  /// Absolute. A link is followed and kept.
  let path: String
  let contents: [UInt8]
  let mode: FileMode?
  let account: Account

  func decide() async throws -> Decision {
    try refusePrivateKey(contents)
    let file = try await reader.resolved(path, as: account)
    guard let status = file.state.status else { return try await create(file.path) }
    guard status.kind == .file else { throw Self.notAFile(at: file.path) }
    let isUnknown = reader.isPlanned && file.state.contents == nil
    guard let old = file.state.contents ?? (isUnknown ? [] : nil) else {
      throw Self.unreadable(file.path, status, as: account)
    }
    try refusePrivateKey(old)
    let wantedMode = mode ?? status.mode
    let isSame = old == contents && !isUnknown
    if isSame, wantedMode == status.mode {
      return .unchanged("\(path) has these contents already", fields(file.path, wantedMode))
    }
    var what: [String] = isSame ? [] : ["\(old.count) -> \(contents.count) bytes"]
    if wantedMode != status.mode { what.append("\(status.mode) -> \(wantedMode)") }
    let diff = isSame ? nil : LineDiff.unified(old, contents, path: file.path)
    return .change("\(path): \(what.joined(separator: ", "))", diff: diff) { writer in
      // The mode first: the new contents may be more private than the old.
      if wantedMode != status.mode { try await writer.setMode(file.path, wantedMode, as: account) }
      if !isSame { try await writer.replaceFile(file.path, contents: contents, expecting: old, as: account) }
      return try await look(at: file.path, mode: wantedMode)
    }
  }

  private func create(_ path: String) async throws -> Decision {
    try await Self.requireFolder(of: path, reader, as: account)
    let wantedMode = mode ?? FileMode(bits: 0o644)
    let diff = LineDiff.unified(nil, contents, path: path)
    return .change("\(path): new, \(contents.count) bytes, mode \(wantedMode)", diff: diff) { writer in
      try await writer.replaceFile(path, contents: contents, mode: wantedMode, expecting: nil, as: account)
      return try await look(at: path, mode: wantedMode)
    }
  }

  /// - Throws: ``Failure`` of kind `absent` if there is no directory for the file.
  static func requireFolder(of path: String, _ reader: Reader, as account: Account) async throws {
    let folder = Reader.parent(of: path)
    guard try await reader.resolved(folder, as: account).state.status?.kind == .directory else {
      throw Failure(
        .absent, "there is no directory \"\(folder)\" for \"\(path)\"", fix: ["make it first: mkdir(\"\(folder)\")"],
        paths: [folder])
    }
  }

  private func look(at path: String, mode: FileMode) async throws -> [String: LuaValue] {
    let state = try await reader.state(of: path, as: account)
    // The account may be unable to read its new file, as with mode 200.
    guard state.contents == nil || state.contents == contents, state.status?.mode == mode else {
      throw WriteError.notAsWanted(
        path: path, wanted: "\(contents.count) bytes, mode \(mode)", seen: state.status?.text ?? "not there")
    }
    return fields(path, mode)
  }

  private func fields(_ path: String, _ mode: FileMode) -> [String: LuaValue] {
    [
      "path": .string(path), "mode": .string(mode.description), "size": .integer(Int64(contents.count)),
    ]
  }

  private func refusePrivateKey(_ bytes: [UInt8]) throws {
    guard bytes.containsPrivateKey else { return }
    throw Self.privateKey(at: path)
  }

  static func notAFile(at path: String) -> Failure {
    Failure(.fileType, "\"\(path)\" is there and is not a file", paths: [path])
  }

  static func privateKey(at path: String) -> Failure {
    Failure(
      .refused, "\"\(path)\" would hold or holds a private key, which is never copied or overwritten",
      fix: ["make a key where it is used, with keygen, and copy its public half with copy_id"], paths: [path])
  }

  static func unreadable(_ path: String, _ status: FileStatus, as account: Account) -> Failure {
    guard status.size <= FileProbe.contentsLimit else {
      return Failure(
        .limit, "\"\(path)\" has \(status.size) bytes, more than the \(FileProbe.contentsLimit) that can be replaced",
        paths: [path])
    }
    return Failure(
      .denied, "this account may not read \"\(path)\"", seen: ["\(status.text) \(path)"],
      fix: account == .root ? [] : ["do it as root: root = true"], paths: [path])
  }
}
