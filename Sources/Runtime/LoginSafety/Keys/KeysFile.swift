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

  package let keys: AuthorizedKeys

  /// - Parameter isForChange: whether the file and its directory must also be the account's to change.
  /// - Throws: ``Failure`` with the cause if sshd would not read the file; ``HostError``.
  package init(_ reader: Reader, place: KeysFilePlace, account: Account, isForChange: Bool = true) async throws {
    (self.reader, self.place, self.account) = (reader, place, account)
    let facts = try await reader.facts()
    if place.path.hasPrefix(facts.home + "/"), facts.physicalHome.isEmpty {
      throw try await Self.noHome(reader, facts)
    }
    if isForChange { try await Self.checkFolder(of: place.path, reader, facts, account) }
    let file = try await reader.resolved(place.path, as: account)
    (path, status, contents) = (file.path, file.state.status, file.state.contents)
    keys = AuthorizedKeys(contents ?? [])
    guard let status else {
      if isForChange { try await checkLink(facts) }
      return
    }
    guard status.kind == .file else {
      throw Failure(.fileType, Diagnosis(.notRegular, ["path": path], seen: ["\(status.text) \(path)"], paths: [path]))
    }
    if isForChange, status.userID != 0, status.userID != facts.userID, account == .login {
      throw Self.wrongOwner(path, status, facts)
    }
    guard contents != nil || status.size <= FileProbe.contentsLimit else {
      throw Failure(
        .limit, "\"\(path)\" has \(status.size) bytes, more than the \(FileProbe.contentsLimit) that can be read",
        paths: [path])
    }
    guard contents != nil else { throw Self.unreadable(path, status, facts) }
    guard !keys.isUTF16 else {
      throw Failure(
        .key, "\"\(path)\" is written in UTF-16, so sshd finds not one key in it", cause: .keyDamaged,
        fix: ["move it away, and copy the key again: mv \(path) \(path).utf16"], paths: [path])
    }
  }

  /// A home behind a closed directory may be there.
  private static func noHome(_ reader: Reader, _ facts: Facts) async throws -> Failure {
    var failure: Failure
    do {
      guard let status = try await reader.resolved(facts.home).state.status else { return Failure.noHome(facts) }
      return cannotEnter(status, facts)
    } catch let hidden as Failure where hidden.kind == .denied { failure = hidden }
    var closed = Reader.parent(of: facts.home)
    while closed != "/", (try? await reader.state(of: closed))?.status == nil { closed = Reader.parent(of: closed) }
    failure.message = "\(facts.user) cannot reach \(facts.home)"
    failure.explain(
      by: Diagnosis(
        .closedHome, ["path": facts.home, "user": facts.user, "closed": closed], seen: failure.seen, paths: [closed]))
    return failure
  }

  private static func cannotEnter(_ status: FileStatus, _ facts: Facts) -> Failure {
    guard status.kind == .directory else {
      return Failure(
        .denied, "\(facts.user) cannot enter \(facts.home)",
        explanation: "it is no directory, so there is no place for keys", seen: ["\(status.text) \(facts.home)"],
        fix: ["as an administrator, move it away and make the home: sudo mkhomedir_helper \(facts.user)"],
        paths: [facts.home])
    }
    var failure = Failure(
      .denied,
      Diagnosis(
        .closedHome, ["path": facts.home, "user": facts.user, "closed": facts.home],
        seen: ["\(status.text) \(facts.home)"], paths: [facts.home]),
      message: "\(facts.user) cannot enter \(facts.home)")
    let isOwn = status.userID == facts.userID
    failure.explanation =
      "\(isOwn ? "its mode" : "its owner or mode") keeps \(facts.user) out, and sshd, which reads the keys as the account"
    failure.fix =
      isOwn
      ? ["as this account or as an administrator: chmod u+rwx \(facts.home)"]
      : [
        "as an administrator, if the directory is meant for \(facts.user) alone: sudo chown \(facts.user) "
          + "\(facts.home) && sudo chmod u+rwx \(facts.home)",
        "otherwise give the account a home of its own: sudo usermod -d DIRECTORY \(facts.user)",
      ]
    return failure
  }

  private static func checkFolder(
    of path: String, _ reader: Reader, _ facts: Facts, _ account: Account
  ) async throws {
    let folder = Reader.parent(of: path)
    let resolved = try await reader.resolved(folder, as: account)
    guard let status = resolved.state.status else {
      let above = Reader.parent(of: folder)
      guard let status = try await reader.resolved(above, as: account).state.status, status.kind == .directory else {
        throw Failure(.absent, "there is no directory \"\(above)\" for \"\(path)\"", paths: [above])
      }
      // The directory is still to be made there.
      let isOthers = status.userID != facts.userID && (status.userID != 0 || status.mode.bits & 0o022 == 0)
      if isOthers, account == .login, !facts.isRoot { throw wrongOwner(above, status, facts) }
      return
    }
    guard status.kind == .directory else {
      throw Failure(
        .fileType, "\"\(folder)\" is there and is not a directory",
        fix: ["move it away, and copy the key again: mv \(folder) \(folder).old"], paths: [folder])
    }
    // sshd accepts root and the account as owners. Without root, only the account's own directory can be changed.
    let isForeign = status.userID != facts.userID && !(status.userID == 0 && folder != facts.home + "/.ssh")
    guard isForeign, account == .login, !facts.isRoot || status.userID != 0 else { return }
    // The owner of a directory behind a link may want it so, and the advice must not name the link.
    throw wrongOwner(resolved.path, status, facts)
  }

  /// A link may lead to a place that only another account can make.
  private func checkLink(_ facts: Facts) async throws {
    guard path != place.path, account == .login, !facts.isRoot, !facts.isBelowHome(path) else { return }
    let folder = Reader.parent(of: path)
    guard try await reader.state(of: folder).status == nil else { return }
    throw Failure(
      .link, "\"\(place.path)\" is a link that leads nowhere",
      explanation: "it leads to \(path), and there is no directory \(folder)",
      fix: [
        "if the link is left over, remove it, and copy the key again: rm \(place.path)",
        "or, as an administrator, make the directory for \(facts.user): sudo install -d -o \(facts.user) \(folder)",
      ], paths: [place.path, path])
  }

  private static func unreadable(_ path: String, _ status: FileStatus, _ facts: Facts) -> Failure {
    var failure = Failure(
      .denied,
      Diagnosis(
        .unreadableKeys, ["path": path, "why": "this account may not read it", "user": facts.user],
        seen: ["\(status.text) \(path)"], paths: [path]), message: "\"\(path)\" cannot be read")
    if !facts.isBelowHome(path) { failure.explain(by: foreign(path, "another account", facts, failure)) }
    return failure
  }

  private static func wrongOwner(_ path: String, _ status: FileStatus, _ facts: Facts) -> Failure {
    let owner = status.userID == 0 ? "root" : "the account with number \(status.userID)"
    var failure = Failure(
      .denied, "\"\(path)\" belongs to \(owner), not to \(facts.user)", cause: .wrongOwner,
      explanation:
        "\(path) belongs to \(owner), so \(facts.user) cannot put keys there"
        + (status.userID == 0 ? "" : ", and sshd may ignore those in it"),
      seen: ["\(status.text) \(path)"], fix: ["sudo chown \(facts.user) \(path)"], paths: [path])
    // Elsewhere the owner is as the administrator wants it, and the place may hold other accounts' keys.
    if !facts.isBelowHome(path) { failure.explain(by: foreign(path, owner, facts, failure)) }
    return failure
  }

  /// Creates missing directories, replaces the contents, and verifies the file.
  ///
  /// - Parameter expected: the number of valid keys afterwards.
  package func replace(_ writer: any Writer, with new: [UInt8], expected: Int) async throws {
    let folder = Reader.parent(of: path)
    let status = try await reader.resolved(folder, as: account).state.status
    let isOpen = try await isAdministrators(folder, status)
    if status == nil {
      try await writer.makeDirectory(folder, mode: FileMode(bits: isOpen ? 0o755 : 0o700), as: account)
    }
    do {
      let mode = FileMode(bits: isOpen ? 0o644 : 0o600)
      try await writer.replaceFile(path, contents: new, mode: mode, expecting: contents, as: account)
    } catch WriteError.failed(_, let status, let stderr) where Diagnosis(ofDisk: stderr, writing: path) == nil {
      let lines = FileSystemLine.split(stderr).lines
      var failure = Failure(
        .denied, "\"\(path)\" cannot be written by this account", explanation: "neither it nor its directory lets it",
        seen: lines, status: Int(status), stderr: lines.joined(separator: "\n"), paths: [path, folder])
      try await explainUnwritable(&failure, folder)
      throw failure
    }
    let seen = AuthorizedKeys(try await reader.state(of: path, as: account).contents ?? [])
    guard seen.validCount == expected else {
      throw WriteError.notAsWanted(path: path, wanted: "\(expected) valid keys", seen: "\(seen.validCount)")
    }
  }
}

extension KeysFile {
  /// Whether the file is in a directory of root's outside the home, where sshd, which reads the keys as the account, must
  /// be let through.
  private func isAdministrators(_ folder: String, _ status: FileStatus?) async throws -> Bool {
    guard try await !reader.facts().isBelowHome(path) else { return false }
    let above = Reader.parent(of: folder)
    let nearest = if let status { status } else { try await reader.resolved(above, as: account).state.status }
    return nearest?.userID == 0
  }

  /// Only files in the account's own home are given back to the account. If all files are the account's own, another
  /// attribute is in the way.
  private func explainUnwritable(_ failure: inout Failure, _ folder: String) async throws {
    let facts = try await reader.facts()
    let states = try await reader.states(of: [folder, path], as: account)
    let foreign = [folder, path].filter { path in
      states[path]?.status.map { $0.userID != facts.userID } ?? false
    }
    failure.fix = ["ls -ld \(folder) \(path)"]
    if foreign.isEmpty, let status = states[folder]?.status, status.mode.bits & 0o300 != 0o300 {
      failure.explanation = "the mode of \(folder) does not let its own account write there"
      failure.seen = ["\(status.text) \(folder)"]
      failure.fix = ["chmod u+rwx \(folder)"]
    } else if foreign.isEmpty {
      failure.fix.append("see what else protects them: lsattr -d \(folder) \(path)")
    } else if foreign.allSatisfy(facts.isBelowHome), let status = states[foreign[0]]?.status {
      let message = failure.message
      failure = Self.wrongOwner(foreign[0], status, facts)
      failure.message = message
    } else {
      failure.explain(by: Self.foreign(path, "another account", facts, failure))
    }
  }

  private static func foreign(_ path: String, _ owner: String, _ facts: Facts, _ failure: Failure) -> Diagnosis {
    Diagnosis(
      .foreignKeysFile, ["path": path, "owner": owner, "user": facts.user], seen: failure.seen, paths: failure.paths)
  }
}

extension Facts {
  /// Whether a path is the account's home or below it.
  package func isBelowHome(_ path: String) -> Bool {
    [home, physicalHome].contains { !$0.isEmpty && $0 != "/" && (path == $0 || path.hasPrefix($0 + "/")) }
  }
}

extension AuthorizedKeys {
  /// The number of lines with a key valid for sshd.
  package var validCount: Int { lines.count { if case .key = $0.kind { true } else { false } } }
}
