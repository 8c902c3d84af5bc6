import Values

/// What a primitive learns about a host with. It changes nothing; in a plan it sees what the plan has changed so far.
package struct Reader: Sendable {
  package let host: Host
  /// All platforms that are known; the first login needs them to look for their marks.
  let platforms: [Platform]

  package init(host: Host, platforms: [Platform]) {
    self.host = host
    self.platforms = platforms
  }

  /// What the host is. Logs in when that has not happened yet.
  ///
  /// - Throws: ``HostError``.
  package func facts() async throws -> Facts {
    if let known = host.knownFacts { return known }
    let login = try await host.transport.login()
    var (facts, files) = LoginProbe.parse(login.greeting.stdout)
    facts.serverSoftware = login.serverSoftware ?? ""
    facts.platform = Platform.fitting(facts, among: platforms)
    host.remember(facts, files: files)
    return facts
  }

  /// The greeting that the host's transport must send with the login so that ``facts()`` can be answered.
  package static func greeting(for platforms: [Platform]) -> Script {
    let all = platforms + [.generic]
    return LoginProbe.script(markers: all.flatMap(\.markerFiles), commands: all.flatMap(\.markerCommands))
  }

  /// The absolute form of a path on this host.
  package func absolute(_ path: RemotePath) async throws -> String {
    path.expanded(home: try await facts().home)
  }

  /// Looks at one file; see ``states(of:as:)``.
  package func state(of path: String, as account: Account = .login) async throws -> FileState {
    try await states(of: [path], as: account)[path] ?? FileState(status: nil)
  }

  /// Looks at files in one round trip, or none where the login has told already. Links are not followed for the status,
  /// but are for the contents.
  ///
  /// - Parameter paths: absolute.
  package func states(
    of paths: [String], as account: Account = .login
  ) async throws -> [String: FileState] {
    _ = try await facts()
    var states: [String: FileState] = [:]
    var missing: [String] = []
    for path in paths {
      if let entry = host.overlay[path] {
        states[path] = FileState(status: entry.status, contents: entry.contents, attributes: entry.attributes)
      } else if account == .login, let known = host.rememberedFile(path) {
        states[path] = known
      } else {
        missing.append(path)
      }
    }
    guard !missing.isEmpty else { return states }
    let output = try await host.transport.run(FileProbe.script(missing), as: account)
    for (path, state) in FileProbe.parse(output.stdout[...]) {
      states[path] = state
      if account == .login { host.remember(state, of: path) }
    }
    return states
  }

  /// Runs a script that only reads. In a plan it sees the host as it is, without what the plan would change.
  package func query(_ script: Script, as account: Account = .login) async throws -> Output {
    _ = try await facts()
    return try await host.transport.run(script, as: account)
  }

  /// Whether a plan has changed anything on this host so far, so that ``query(_:as:)`` may tell old news.
  package var isPlanned: Bool { !host.overlay.isEmpty }
}
