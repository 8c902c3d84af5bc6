import Diagnosis
import Formats
import Hosts
import Values

/// An authorized_keys file on a host, with checks for all obstacles to a change.
package struct KeysFile: Sendable {
  package let reader: Reader
  package let account: Account
  let place: KeysFilePlace
  /// With all links resolved.
  package let path: String
  package let status: FileStatus?
  /// `nil` if the file is missing.
  package let contents: [UInt8]?

  package var keys: AuthorizedKeys { AuthorizedKeys(contents ?? []) }

  /// - Throws: ``Failure`` with the cause if sshd would not read the file; ``HostError``.
  package init(_ reader: Reader, place: KeysFilePlace, account: Account) async throws {
    (self.reader, self.place, self.account) = (reader, place, account)
    let facts = try await reader.facts()
    if place.path.hasPrefix(facts.home + "/"), facts.physicalHome.isEmpty { throw Failure.noHome(facts) }
    try await Self.checkFolder(of: place.path, reader, facts, account)
    let file = try await reader.resolved(place.path, as: account)
    (path, status, contents) = (file.path, file.state.status, file.state.contents)
    guard let status else { return }
    guard status.kind == .file else {
      throw Failure(.fileType, Diagnosis(.notRegular, ["path": path], seen: ["\(status.text) \(path)"], paths: [path]))
    }
    if status.userID != 0, status.userID != facts.userID, account == .login {
      throw Self.wrongOwner(path, status, facts)
    }
    guard contents != nil else {
      throw Failure(
        .denied,
        Diagnosis(
          .unreadableKeys, ["path": path, "why": "this account may not read it", "user": facts.user],
          seen: ["\(status.text) \(path)"], paths: [path]), message: "\"\(path)\" cannot be read")
    }
    guard !keys.isUTF16 else {
      throw Failure(
        .key, "\"\(path)\" is written in UTF-16, so sshd finds not one key in it", cause: .keyDamaged,
        fix: ["move it away, and copy the key again: mv \(path) \(path).utf16"], paths: [path])
    }
  }

  private static func checkFolder(
    of path: String, _ reader: Reader, _ facts: Facts, _ account: Account
  ) async throws {
    let folder = Reader.parent(of: path)
    guard let status = try await reader.resolved(folder, as: account).state.status else {
      let above = Reader.parent(of: folder)
      guard try await reader.resolved(above, as: account).state.status?.kind == .directory else {
        throw Failure(.absent, "there is no directory \"\(above)\" for \"\(path)\"", paths: [above])
      }
      return
    }
    guard status.kind == .directory else {
      throw Failure(.fileType, "\"\(folder)\" is there and is not a directory", paths: [folder])
    }
    // sshd accepts root and the account as owners. Without root, only the account's own directory can be changed.
    let isForeign = status.userID != facts.userID && !(status.userID == 0 && folder != facts.home + "/.ssh")
    if isForeign, account == .login, !facts.isRoot || status.userID != 0 { throw wrongOwner(folder, status, facts) }
  }

  private static func wrongOwner(_ path: String, _ status: FileStatus, _ facts: Facts) -> Failure {
    let owner = status.userID == 0 ? "root" : "the account with number \(status.userID)"
    var failure = Failure(
      .denied, "\"\(path)\" belongs to \(owner), not to \(facts.user)", cause: .wrongOwner,
      explanation:
        "\(path) belongs to \(owner), so \(facts.user) cannot put keys there, and sshd may ignore those in it",
      seen: ["\(status.text) \(path)"], paths: [path])
    failure.fix = ["sudo chown \(facts.user) \(path)"]
    return failure
  }

  /// Creates missing directories, replaces the contents, and verifies the file.
  ///
  /// - Parameter expected: the number of valid keys afterwards.
  package func replace(_ writer: any Writer, with new: [UInt8], expected: Int) async throws {
    let folder = Reader.parent(of: path)
    if try await reader.resolved(folder, as: account).state.status == nil {
      try await writer.makeDirectory(folder, mode: FileMode(bits: 0o700), as: account)
    }
    do {
      try await writer.replaceFile(path, contents: new, mode: FileMode(bits: 0o600), expecting: contents, as: account)
    } catch WriteError.failed(_, let status, let stderr) where Diagnosis(ofDisk: stderr, writing: path) == nil {
      let lines = FileSystemLine.split(stderr).lines
      throw Failure(
        .denied, "\"\(path)\" cannot be written by this account", explanation: "neither it nor its directory lets it",
        seen: lines,
        fix: ["ls -ld \(folder) \(path)", "give it back: sudo chown \"$(id -un)\" \(folder) \(path)"],
        status: Int(status), stderr: lines.joined(separator: "\n"), paths: [path, folder])
    }
    let seen = AuthorizedKeys(try await reader.state(of: path, as: account).contents ?? [])
    guard seen.validCount == expected else {
      throw WriteError.notAsWanted(path: path, wanted: "\(expected) valid keys", seen: "\(seen.validCount)")
    }
  }
}

extension AuthorizedKeys {
  /// The number of lines with a key valid for sshd.
  package var validCount: Int { lines.count { if case .key = $0.kind { true } else { false } } }
}
