import Diagnosis
import Values

/// A primitive's read access to a host. Changes nothing; in a plan, reads include the plan's changes so far.
public struct Reader: Sendable {
  package let host: Host
  /// All known platforms; the login probe looks for their markers.
  let platforms: [Platform]

  package init(host: Host, platforms: [Platform]) {
    self.host = host
    self.platforms = platforms
  }

  /// The facts about the host. Logs in if necessary.
  ///
  /// - Throws: ``HostError``.
  package func facts() async throws -> Facts {
    if let known = host.knownFacts { return known }
    let login = try await host.transport.login()
    var (facts, files) = try LoginProbe.parse(login.greeting.stdout)
    facts.serverSoftware = login.serverSoftware ?? ""
    facts.hostKey = login.hostKey
    if login.greeting.dropped > 0 { files[configuration: Platform.generic.sshdConfig] = nil }
    facts.platform = Platform.fitting(facts, among: platforms)
    host.remember(facts, files: files)
    return facts
  }

  /// The greeting for the host's transport to send at login, so that ``facts()`` has an answer.
  ///
  /// - Parameter configuration: whether to read sshd's configuration too.
  package static func greeting(for platforms: [Platform], configuration: Bool = true) -> Script {
    LoginProbe.script(markers: markers(of: platforms), commands: commands(of: platforms), configuration: configuration)
  }

  static func markers(of platforms: [Platform]) -> [String] { (platforms + [.generic]).flatMap(\.markerFiles) }
  static func commands(of platforms: [Platform]) -> [String] { (platforms + [.generic]).flatMap(\.markerCommands) }

  /// The absolute form of a path on this host.
  public func absolute(_ path: RemotePath) async throws -> String {
    path.expanded(home: try await facts().home)
  }

  /// Reads one file; see ``states(of:as:)``.
  public func state(of path: String, as account: Account = .login) async throws -> FileState {
    let states = try await states(of: [path], as: account)
    guard let state = states[path] else { throw HostError.unclear(what: "ls -ldn \(path)", answer: "nothing") }
    return state
  }

  /// Reads files in one round trip, or in none if the login probe has read them. For a link, the status describes the
  /// link, and the contents come from the target.
  ///
  /// - Parameter paths: absolute.
  /// - Returns: a state for each path.
  /// - Throws: ``Failure`` of kind `denied` if the account cannot look at a path, so that a file may be there or not;
  ///   ``HostError``; in a plan, ``DecidedAtRunTime`` for paths below a path created by a recipe's own command.
  package func states(
    of paths: [String], as account: Account = .login
  ) async throws -> [String: FileState] {
    _ = try await facts()
    var states: [String: FileState] = [:]
    var missing: [String] = []
    for path in paths {
      if let entry = host.overlay[path] {
        states[path] = FileState(status: entry.status, contents: entry.contents, attributes: entry.attributes)
      } else if host.overlay.isOpaque(path) {
        throw DecidedAtRunTime()
      } else if let known = host.files[path, as: account] {
        states[path] = known
      } else {
        missing.append(path)
      }
    }
    guard !missing.isEmpty else { return states }
    let output = try await host.transport.run(FileProbe.script(missing), as: account)
    return try states.merging(know(missing, from: output, as: account)) { $1 }
  }

  /// Reads the output of ``FileProbe/script(_:limit:)``.
  ///
  /// - Throws: as ``states(of:as:)``.
  func know(_ paths: [String], from output: Output, as account: Account) throws -> [String: FileState] {
    var states: [String: FileState] = [:]
    let seen = try FileProbe.parse(output.stdout[...])
    for path in paths {
      guard let state = seen[path] else {
        throw HostError.unclear(what: "ls -ldn \(path)", answer: output.dropped > 0 ? "too much" : output.errorText)
      }
      if case .hidden(let why)? = state.unseen { throw Failure(hidden: path, why: why, as: account) }
      states[path] = state
      host.know { $0[path, as: account] = state }
    }
    return states
  }

  /// Runs a script that only reads. In a plan, the script sees the actual host, without the plan's changes.
  package func query(_ script: Script, as account: Account = .login) async throws -> Output {
    _ = try await facts()
    return try await host.transport.run(script, as: account)
  }

  /// Whether a plan has changed this host so far; results of ``query(_:as:)`` may be outdated then.
  package var isPlanned: Bool { !host.overlay.isEmpty }
}
