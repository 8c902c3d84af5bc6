import Formats
import Hosts

/// sshd's configuration on a host at one moment: the files, and their meaning to sshd.
struct SSHDSnapshot: Sendable {
  /// `SSH_CONNECTION`: the client's address and port, the server's address and port.
  var connection = ""
  /// The path of sshd.
  var sshd: String?
  /// The main file and its includes; `nil` if the main file is missing or unreadable.
  var tree: SSHDConfigTree?
  var contents: [String: [UInt8]] = [:]
  /// Existing files without read permission for the account.
  var unreadable: [String] = []
  /// `sshd -T` without `-C`; `nil` if sshd was not asked or gave no answer.
  var global: SSHDEffective?
  /// `sshd -T -C` for the account and the login's address.
  var user: SSHDEffective?
  /// sshd's standard error, without repeated lines.
  var problems: [String] = []

  /// sshd cannot check files without its privilege-separation directory: it is stopped, or started by a socket.
  var isWithoutRunDirectory: Bool {
    global == nil && problems.contains { $0.contains("Missing privilege separation directory") }
  }

  init(_ output: [UInt8], config: String) throws(HostError) {
    let mark = output.firstRange(of: Array("\nfiles\n".utf8))
    let head = String(decoding: output[..<(mark?.lowerBound ?? output.endIndex)], as: UTF8.self)
    var resolved: [String: [String]] = [:]
    var pattern = ""
    var printed: [String: [String]] = [:]
    for line in head.split(whereSeparator: \.isNewline) {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { continue }
      switch words[0] {
      case "connection": connection = words[1]
      case "sshd": sshd = words[1]
      case "problem": if !problems.contains(words[1]) { problems.append(words[1]) }
      case "include":
        pattern = words[1]
        resolved[pattern] = resolved[pattern] ?? []
      case "is": if resolved[pattern]?.contains(words[1]) == false { resolved[pattern]?.append(words[1]) }
      default: printed[words[0], default: []].append(words[1])
      }
    }
    global = Self.effective(printed["global"])
    user = Self.effective(printed["user"])
    guard let mark else { return }
    for (path, state) in try FileProbe.parse(output[mark.upperBound...]) {
      if let bytes = state.contents { contents[path] = bytes } else if state.status != nil { unreadable.append(path) }
    }
    unreadable.sort()
    if contents[config] != nil { tree = SSHDConfigTree(main: config, files: contents, resolved: resolved) }
  }

  private static func effective(_ lines: [String]?) -> SSHDEffective? {
    lines.map { SSHDEffective(output: Array($0.joined(separator: "\n").utf8)) }
  }

  /// Applies a plan's earlier changes.
  mutating func overlay(_ overlay: Overlay) -> Bool {
    guard let tree else { return false }
    var isChanged = false
    for path in contents.keys {
      guard let planned = overlay[path]?.contents, planned != contents[path] else { continue }
      contents[path] = planned
      isChanged = true
    }
    if isChanged { self.tree = SSHDConfigTree(main: tree.main, files: contents, resolved: tree.resolved) }
    return isChanged
  }
}

/// Reads ``SSHDSnapshot``s from a host.
package struct SSHDReader: Sendable {
  let reader: Reader
  let facts: Facts
  let config: String

  package init(_ reader: Reader, config: String? = nil) async throws {
    self.reader = reader
    facts = try await reader.facts()
    self.config = config ?? facts.platform.sshdConfig
  }

  /// The account for calls of sshd: root, or the login if it is root already.
  var rootAccount: Account { facts.isRoot ? .login : .root }

  func script(
    _ name: String, _ source: SSHDScript.Source, ask: Bool, connection: String, makesRunDirectory: Bool = false
  ) -> Script {
    SSHDScript.script(
      name, config: config, platform: facts.platform, user: facts.user, source: source, ask: ask,
      connection: connection, makesRunDirectory: makesRunDirectory)
  }

  /// The files as the login account sees them. sshd is asked only if the login is root.
  func withoutRoot() async throws -> SSHDSnapshot {
    try await snapshot(as: .login, ask: facts.isRoot, connection: "")
  }

  func asRoot(connection: String) async throws -> SSHDSnapshot {
    try await snapshot(as: rootAccount, ask: true, connection: connection)
  }

  /// sshd's answers for a candidate; `nil` if a single text cannot express it.
  func judgement(
    of tree: SSHDConfigTree, changed: Set<String>, connection: String
  ) async throws -> SSHDSnapshot? {
    guard let text = tree.flattened(changed: changed) else { return nil }
    let script = script("sshd -T for the candidate", .candidate(text), ask: true, connection: connection)
    return try SSHDSnapshot(await reader.query(script, as: rootAccount).stdout, config: config)
  }

  private func snapshot(as account: Account, ask: Bool, connection: String) async throws -> SSHDSnapshot {
    let output = try await reader.query(
      script("sshd -T", .file, ask: ask, connection: connection), as: account)
    var snapshot = try SSHDSnapshot(output.stdout, config: config)
    let before = snapshot.contents
    guard snapshot.overlay(reader.host.overlay), ask, let tree = snapshot.tree else { return snapshot }
    let changed = Set(snapshot.contents.filter { before[$0.key] != $0.value }.keys)
    let planned = try await judgement(of: tree, changed: changed, connection: snapshot.connection)
    (snapshot.global, snapshot.user) = (planned?.global, planned?.user)
    return snapshot
  }
}
