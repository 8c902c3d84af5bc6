import Formats
import Hosts
import Scripts
import Values

/// The path from the root directory to the account's keys, with sshd's checks along the path.
struct KeysPath: Sendable {
  /// The canonical path of the file.
  var path: String
  var keys: [UInt8]?
  /// The file first, then each directory above it.
  var components: [(path: String, status: FileStatus)]
  let facts: Facts
  /// The account's groups.
  let groups: Set<Int>
  let rule: SafePath.Rule
  let isStrict: Bool

  /// Reads the path in one round trip.
  ///
  /// - Parameter path: the path of `authorized_keys`.
  init(_ path: String, _ reader: Reader, isStrict: Bool) async throws {
    facts = try await reader.facts()
    let output = try await reader.query(LoginInspection.script(path)).stdout
    let server = try LoginInspection.server(output, facts: facts, path: path)
    var accounts = LoginInspection.Accounts()
    for line in String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline) { accounts.read(line) }
    let user = facts.user
    groups = Set(
      accounts.groups.keys.filter {
        accounts.groups[$0]?.contains(user) == true || accounts.primary[$0]?.contains(user) == true
      }.map(Int.init))
    self.path = server.keysPath
    rule = server.privateGroups.map { SafePath.Rule.debian(privateGroups: $0) } ?? .upstream
    self.isStrict = isStrict
    keys = server.keys.contents
    components = server.components
    // A plan's earlier changes.
    if let entry = reader.host.overlay[self.path] { keys = entry.contents ?? keys }
    components = components.map { ($0.path, reader.host.overlay[$0.path]?.status ?? $0.status) }
  }

  /// The options before a key; `nil` if the file lacks the key.
  func options(of fingerprint: String) -> String? {
    AuthorizedKeys(keys ?? []).lines.lazy.compactMap(\.login).first { $0.key.fingerprint == fingerprint }?.options
  }

  /// sshd's reasons to refuse this key from the file, each a clause.
  func objections(to fingerprint: String) -> Set<String> {
    var found: Set<String> = []
    if options(of: fingerprint) == nil { found.insert("\(path) would not hold \(fingerprint) any more") }
    for component in components where !facts.isRoot && !mayUse(component.status, isFile: component.path == path) {
      found.insert("\(facts.user) could not read \(component.path) (\(component.status.text))")
    }
    guard isStrict, let uid = UInt32(exactly: facts.userID) else { return found }
    let home = facts.physicalHome.isEmpty ? facts.home : facts.physicalHome
    let statuses = components.map { SafePath.Status($0.path, $0.status) }
    for finding in SafePath(home: home, uid: uid, rule: rule).findings(statuses) {
      found.insert("sshd would ignore the keys: \(finding.message)")
    }
    return found
  }

  /// Whether the account can use the file or directory: sshd reads keys with the account's rights.
  private func mayUse(_ status: FileStatus, isFile: Bool) -> Bool {
    let bit: UInt16 = isFile ? 0o4 : 0o1
    let shift: UInt16 = status.userID == facts.userID ? 6 : groups.contains(status.groupID) ? 3 : 0
    return status.mode.bits & (bit << shift) != 0
  }

  /// The path after an act; `nil` if the effect cannot be computed.
  func after(_ act: Act, on path: String) -> KeysPath? {
    var copy = self
    let index = components.firstIndex { $0.path == path }
    switch act.kind {
    case .replaceFile(_, let contents, _, _): if path == self.path { copy.keys = contents }
    case .setMode(_, let mode): if let index { copy.components[index].status.mode = mode }
    case .setOwner(_, let user, let group):
      guard let index else { return copy }
      if let user {
        guard let number = Int(user) else { return nil }
        copy.components[index].status.userID = number
      }
      if let group {
        guard let number = Int(group) else { return nil }
        copy.components[index].status.groupID = number
      }
    case .remove: if path == self.path { copy.keys = nil }
    case .makeDirectory: break
    case .placeFile, .makeLink, .setAttributes, .command: return nil
    }
    return copy
  }
}

extension SafePath.Status {
  init(_ path: String, _ status: FileStatus) {
    let type: ModeString.FileType =
      switch status.kind {
      case .file: .regular
      case .directory: .directory
      case .link: .link
      case .other: .fifo
      }
    self.init(
      path: path, type: type, bits: status.mode.bits, uid: UInt32(clamping: status.userID),
      gid: UInt32(clamping: status.groupID))
  }
}
