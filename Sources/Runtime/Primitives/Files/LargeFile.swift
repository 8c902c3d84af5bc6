import Contract
import Diagnosis
import Formats
import Hosts
import Values

/// Replaces a file by large contents. The contents are neither kept in memory nor read back: checksums compare old and
/// new.
struct LargeFile: Sendable {
  /// Smaller contents are shown as a diff, and travel with the act.
  static let least = 1 << 20

  let context: PrimitiveContext
  /// The name of the primitive, for the progress.
  let primitive: String
  /// Absolute. A link is followed and kept.
  let path: String
  let origin: FileSource.Origin
  let size: Int
  let mode: FileMode?
  let account: Account

  private var reader: Reader { context.reader }

  func decide() async throws -> Decision {
    do { return try await decided() } catch let error as SourceError { throw failure(error) }
  }

  private func decided() async throws -> Decision {
    if try FileSource(origin, size: size, checksum: "").containsPrivateKey() {
      throw WholeFile.privateKey(at: path)
    }
    let (path, file) = try await look()
    guard let status = file.state.status else { return try await create(path, file) }
    guard status.kind == .file else { throw WholeFile.notAFile(at: path) }
    guard file.state.unseen != .denied else { throw WholeFile.unreadable(path, status, as: account) }
    let wantedMode = mode ?? status.mode
    let isSame = try await isSame(file)
    if isSame, wantedMode == status.mode {
      return .unchanged("\(path) has these contents already", fields(path, wantedMode))
    }
    let isKept = !isSame && status.size > FileProbe.contentsLimit
    let kept = isKept ? PlacedFile.kept(path, run: FrameMark.randomToken()) : nil
    var what: [String] = isSame ? [] : ["\(status.size) -> \(size) bytes"]
    if wantedMode != status.mode { what.append("\(status.mode) -> \(wantedMode)") }
    if let kept { what.append("the old file stays as \(kept) for undo") }
    return .change("\(path): \(what.joined(separator: ", "))") { writer in
      // The mode first: the new contents may be more private than the old.
      if wantedMode != status.mode { try await writer.setMode(path, wantedMode, as: account) }
      if !isSame { try await place(path, mode: wantedMode, over: file, keptAs: kept, writer) }
      return fields(path, wantedMode)
    }
  }

  private func create(_ path: String, _ file: FileMeasure) async throws -> Decision {
    try await WholeFile.requireFolder(of: path, reader, as: account)
    let wantedMode = mode ?? FileMode(bits: 0o644)
    return .change("\(path): new, \(size) bytes, mode \(wantedMode)") { writer in
      try await place(path, mode: wantedMode, over: file, keptAs: nil, writer)
      return fields(path, wantedMode)
    }
  }

  private func place(
    _ path: String, mode: FileMode, over old: FileMeasure, keptAs: String?, _ writer: any Writer
  ) async throws {
    do {
      let services = context.services
      let (host, branch, primitive) = (context.host, context.branch, primitive)
      let source = FileSource(
        origin, size: size, checksum: try await newSum(likeThatOf: old),
        progress: TransferProgress { services.moved($0, of: $1, by: primitive, on: host, branch: branch) })
      let expecting = old.state.status == nil ? nil : old.sum
      let file = PlacedFile(path: path, source: source, mode: mode, expecting: expecting, keptAs: keptAs)
      try await writer.perform(Act(.placeFile(file), as: account))
    } catch let error as SourceError { throw failure(error) }
  }

  /// The file behind the links. A plan's own changes are not on the host.
  private func look() async throws -> (path: String, file: FileMeasure) {
    if !reader.isPlanned {
      let file = try await measured(path)
      if file.state.status?.kind != .link { return (path, file) }
    }
    let real = try await reader.resolved(path, as: account)
    if reader.host.overlay[real.path] != nil { return (real.path, FileMeasure(state: real.state)) }
    return (real.path, try await measured(real.path))
  }

  private func measured(_ path: String) async throws -> FileMeasure {
    try await FileMeasure.of(path, size: size, sums: ["sha256", "cksum"], reader, as: account)
  }

  private func isSame(_ file: FileMeasure) async throws -> Bool {
    guard file.state.status?.size == size else { return false }
    if let sha256 = file.sha256, let own = try await sum("sha256") { return sha256 == own }
    guard let checksum = file.checksum else { return false }
    return try await sum("cksum") == checksum
  }

  /// A checksum of the new contents; `nil` where this computer has no program for the kind of checksum.
  private func sum(_ kind: String) async throws -> String? {
    switch origin {
    case .bytes(let bytes): return kind == "cksum" ? Checksum.text(of: bytes) : SHA256.hexadecimal(bytes)
    case .file(let path):
      let file = try await FileMeasure.of(path, sums: [kind], context.here)
      return kind == "cksum" ? file.checksum : file.sha256
    }
  }

  private func newSum(likeThatOf old: FileMeasure) async throws -> String {
    if old.lacksChecksum, let sha256 = try await sum("sha256") { return "sha256 \(sha256)" }
    return try await sum("cksum") ?? "size \(size)"
  }

  private func fields(_ path: String, _ mode: FileMode) -> [String: LuaValue] {
    ["path": .string(path), "mode": .string(mode.description), "size": .integer(Int64(size))]
  }

  private func failure(_ error: SourceError) -> Failure {
    switch error {
    case .unreadable(let path, _): Failure(.denied, "\"\(path)\" cannot be read on this computer", paths: [path])
    case .shorter: Failure(.changed, "the file for \"\(path)\" became shorter while it was sent", fix: ["run it again"])
    }
  }
}
