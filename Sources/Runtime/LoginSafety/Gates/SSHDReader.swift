import Diagnosis
import Formats
import Hosts

/// Reads ``SSHDSnapshot``s from a host.
package struct SSHDReader: Sendable {
  let reader: Reader
  let facts: Facts
  /// The main file from the recipe; `nil` for the main file of the sshd that accepts logins on the host.
  private let given: String?
  /// The main file, as far as known.
  private(set) var config: String
  /// The lines for sshd to render separately; see ``SSHDSnapshot/wish``.
  var wish = ""

  package init(_ reader: Reader, config: String? = nil) async throws {
    self.reader = reader
    facts = try await reader.facts()
    given = config
    self.config = config ?? facts.platform.sshdConfig
  }

  /// The account for calls of sshd: root, or the login if it is root already.
  var rootAccount: Account { facts.isRoot ? .login : .root }

  func script(_ name: String, _ source: SSHDScript.Source, ask: Bool, connection: String) -> Script {
    // The wish is asked for once, since the answer for a candidate would be the same.
    let wish =
      switch source {
      case .file, .fileAgain: ask ? wish : ""
      case .candidate, .written: ""
      }
    return SSHDScript.script(
      name, config: given, platform: facts.platform, user: facts.user, source: source, ask: ask,
      connection: connection, wish: wish)
  }

  /// The same reader, with the main file of a snapshot.
  func following(_ snapshot: SSHDSnapshot) -> SSHDReader {
    var copy = self
    copy.config = snapshot.config
    return copy
  }

  /// The files as the login account sees them. sshd is asked only if the login is root.
  ///
  /// - Throws: ``Failure`` of kind `limit` if the files are too large; ``HostError``.
  func withoutRoot() async throws -> SSHDSnapshot {
    try await snapshot(as: .login, ask: facts.isRoot, connection: "")
  }

  func asRoot(connection: String) async throws -> SSHDSnapshot {
    try await snapshot(as: rootAccount, ask: true, connection: connection)
  }

  /// - Parameters:
  ///   - first: the files as the login account sees them.
  ///   - guess: a candidate for sshd to judge in the same round trip.
  func asRoot(
    after first: SSHDSnapshot, judging guess: Candidate
  ) async throws -> (now: SSHDSnapshot, prospect: SSHDSnapshot) {
    let pair = ScriptPair(script("sshd -T", .fileAgain, ask: true, connection: first.connection), script(guess))
    let (own, second) = pair.parts(of: try await reader.query(pair.script, as: rootAccount))
    var now = try await snapshot(of: own, as: rootAccount, ask: true, isPlain: false)
    now.groups = first.groups
    return (now, try SSHDSnapshot(second.stdout, config: config))
  }

  /// A configuration for sshd to judge before any file changes.
  struct Candidate: Sendable, Hashable {
    var text: [UInt8]
    var hasMatch: Bool
    /// `SSH_CONNECTION` of the login to judge for.
    var connection: String

    /// - Returns: `nil` if a single text cannot express the tree.
    init?(_ tree: SSHDConfigTree, changed: Set<String>, connection: String) {
      guard let text = tree.flattened(changed: changed) else { return nil }
      self.init(text, hasMatch: tree.occurrences.contains { !$0.isGlobal }, connection: connection)
    }

    init(_ text: [UInt8], hasMatch: Bool, connection: String) {
      (self.text, self.hasMatch, self.connection) = (text, hasMatch, connection)
    }
  }

  private func script(_ candidate: Candidate) -> Script {
    script(
      "sshd -T for the candidate", .candidate(candidate.text, hasMatch: candidate.hasMatch), ask: true,
      connection: candidate.connection)
  }

  /// sshd's answers for a candidate; `nil` if a single text cannot express it.
  ///
  /// - Parameter known: a candidate with sshd's answers for it, if sshd was asked already.
  func judgement(
    of tree: SSHDConfigTree, changed: Set<String>, connection: String, known: (Candidate, SSHDSnapshot)? = nil
  ) async throws -> SSHDSnapshot? {
    guard let candidate = Candidate(tree, changed: changed, connection: connection) else { return nil }
    if let (guess, answers) = known, guess == candidate { return try await completed(answers, tree) }
    return try await completed(try await judgement(of: candidate), tree)
  }

  /// A snapshot with the effective values outside all `Match` blocks, if `sshd -T` did not give them because of one.
  ///
  /// - Parameter tree: the configuration of which the snapshot is.
  func completed(_ snapshot: SSHDSnapshot, _ tree: SSHDConfigTree?) async throws -> SSHDSnapshot {
    guard snapshot.needsLogin, let tree else { return snapshot }
    let global = try await judgement(
      of: Candidate(tree.globalText, hasMatch: false, connection: snapshot.connection))
    var copy = snapshot
    copy.global = global.global
    copy.problems = global.problems
    return copy
  }

  private func judgement(of candidate: Candidate) async throws -> SSHDSnapshot {
    try SSHDSnapshot(await reader.query(script(candidate), as: rootAccount).stdout, config: config)
  }

  private func snapshot(as account: Account, ask: Bool, connection: String) async throws -> SSHDSnapshot {
    let isPlain = !ask && account == .login && given == nil
    let main = facts.platform.sshdConfig
    let output: Output
    if isPlain, let known = reader.host.files[configuration: main] {
      output = Output(stdout: known)
    } else {
      output = try await reader.query(script("sshd -T", .file, ask: ask, connection: connection), as: account)
    }
    return try await snapshot(of: output, as: account, ask: ask, isPlain: isPlain)
  }

  private func snapshot(of output: Output, as account: Account, ask: Bool, isPlain: Bool) async throws -> SSHDSnapshot {
    let main = facts.platform.sshdConfig
    var snapshot = try SSHDSnapshot(output.stdout, config: config)
    if let failure = Self.limit(snapshot, output) { throw failure }
    let states = snapshot.states
    reader.host.know { files in
      if isPlain { files[configuration: main] = output.stdout }
      for (path, state) in states where state.unseen == nil { files[path, as: account] = state }
    }
    if !snapshot.links.isEmpty {
      let links = Array(snapshot.links.keys)
      let real = try await reader.realPaths(links, following: Set(links), as: account)
      for path in links { snapshot.links[path] = real[path]?.all.last ?? path }
    }
    snapshot = try await completed(snapshot, snapshot.tree)
    let before = snapshot.contents
    guard snapshot.overlay(reader.host.overlay), ask, let tree = snapshot.tree else { return snapshot }
    let changed = Set(snapshot.contents.filter { before[$0.key] != $0.value }.keys)
    let planned = try await judgement(of: tree, changed: changed, connection: snapshot.connection)
    (snapshot.global, snapshot.user) = (planned?.global, planned?.user)
    return snapshot
  }

  private static func limit(_ snapshot: SSHDSnapshot, _ output: Output) -> Failure? {
    let limit = FileProbe.contentsLimit
    if let (path, size) = snapshot.large.min(by: { $0.key < $1.key }) {
      return Failure(.limit, "\"\(path)\" has \(size) bytes, more than the \(limit) that can be read", paths: [path])
    }
    guard output.dropped > 0 else { return nil }
    return Failure(
      .limit, "the files of \(snapshot.config) have more bytes together than the \(limit * 2) that can be read",
      paths: [snapshot.config])
  }
}
