import Contract
import Diagnosis
import Formats
import Hosts
import Scripts

/// The third gate: a second sshd on the host runs the candidate, and a new login goes to it through the session that is open.
///
/// Nothing of the host's own configuration is touched, and no port is opened. What a rehearsal cannot show is that sshd takes the
/// files when it is reloaded, and whether the way from here to its port is free; that is what the proof is for.
package struct Rehearsal: Sendable {
  let context: PrimitiveContext
  let sshd: SSHDReader
  let now: SSHDSnapshot
  let change: SSHDConfigChange
  /// What sshd makes of the candidate, where it could be asked.
  let prospect: SSHDSnapshot?
  let key: WorkingKey?
  /// Whether the candidate listens elsewhere.
  let movesListeners: Bool
  /// `SSH_CONNECTION` as a login by the candidate will have it.
  let connection: String

  /// All of it ends by itself after these seconds, whatever becomes of us.
  private static let lifetime = 60

  /// What there is to clean up, by the next script that runs as root anyway.
  package struct Stage: Sendable {
    let folder: String

    init(folder: String = "/var/run/ssh-recipes." + FrameMark.randomToken()) { self.folder = folder }

    /// The way in, for ``ControlSocketProxy/proxyCommand(running:)``.
    var relay: String { ShellScripts.relayLogin.replacing("FOLDER", with: folder) }
  }

  /// - Returns: the stage of a login that worked; `nil` where nothing could be rehearsed, which the person was then told.
  /// - Throws: ``Failure`` of kind `rehearsal` when the candidate let nobody in.
  func callAsFunction(with writer: any Writer) async throws -> Stage? {
    guard !writer.isPlan else { return nil }
    guard let proxy = try await context.host.transport.controlSocketProxy() else {
      return notRehearsed("there is no way in for a second login over this connection")
    }
    guard let server = now.sshd else { return notRehearsed("it is not known where sshd is") }
    let stage = Stage()
    let end = try await play(stage, files(in: stage.folder), server, proxy, with: writer)
    switch end {
    case .isIn(let login):
      let way = login.acceptedKey ?? login.method ?? "its usual way in"
      context.passed(
        .rehearsal, "rehearsed: a second sshd with the new configuration let \(user) in with \(way)\(hint)")
      return stage
    case .notStarted(let why):
      try await close(stage, with: writer)
      return notRehearsed(why)
    case .unbound(let lines):
      try await close(stage, with: writer)
      throw unbound(lines)
    case .isOut(let result):
      let said = try await close(stage, with: writer)
      // The stage differs from the real thing: no address to tell, another parent. What works today must work on it too,
      // or else it shows nothing.
      let control = Stage()
      let today = try await play(control, [], server, proxy, with: writer)
      try await close(control, with: writer)
      guard case .isIn = today else {
        return notRehearsed("the configuration that is in use does not let \(user) in that way either")
      }
      throw refusal(result, said: said)
    }
  }

  private var user: String { sshd.facts.user }

  /// Whether the candidate is played as it stands, or as sshd resolves it for this login.
  private var isResolved: Bool { change.tree.dependsOnAddresses && prospect?.user != nil }

  private var hint: String {
    guard isResolved else { return "" }
    let address = now.connection.split(separator: " ").first.map(String.init) ?? "this computer"
    return ", as it is for a login from \(address)"
  }

  private func files(in folder: String) -> [UInt8] {
    if isResolved, let user = prospect?.user { return RehearsalFiles(resolved: user, folder: folder).text }
    return RehearsalFiles(change.tree, changed: Set(change.files.keys), folder: folder).text
  }

  private enum End: Sendable {
    case isIn(Login)
    case isOut(FreshLoginResult)
    case notStarted(String)
    /// An address or port that sshd could not listen at.
    case unbound([String])
  }

  /// The second sshd and the login that goes to it are started at the same time: the login's way in waits for it.
  private func play(
    _ stage: Stage, _ text: [UInt8], _ server: String, _ proxy: ControlSocketProxy, with writer: any Writer
  ) async throws -> End {
    let count = text.isEmpty ? 0 : 1 + (text.split(separator: 0x0A).compactMap(Self.number).max() ?? 0)
    let listens = movesListeners && !text.isEmpty
    let script = Script(
      "rehearse sshd's configuration", ShellScripts.startRehearsal,
      [
        stage.folder, String(sshd.facts.userID), String(Self.lifetime), server, String(count), listens ? "listen" : "",
        sshd.config, ShellScripts.rehearse, ShellScripts.endProcesses,
      ], input: text)
    let act = act(script, stage)
    let request = FreshLoginRequest(
      keyPath: key?.path, fingerprint: key?.fingerprint, hostKeyName: proxy.hostKeyName,
      proxyCommand: proxy.proxyCommand(running: stage.relay))
    async let login = context.services.freshLogin(to: context.host, with: request)
    let started = try await writer.perform(act)
    let bound = Self.unbound(started.text, before: now.global)
    // The login, which would wait for it a while, is cancelled.
    guard started.isSuccess else {
      let why = started.errorText.split(whereSeparator: \.isNewline).first.map(String.init)
      return .notStarted(why ?? "a second sshd could not be started")
    }
    do {
      let result = try await login
      if !bound.isEmpty { return .unbound(bound) }
      if Self.isSilent(started.text) { _ = notRehearsed("sshd did not say in time whether it can listen there") }
      return result.isIn ? .isIn(result.login) : .isOut(result)
    } catch let error as HostError {
      guard error != .cancelled else { throw error }
      return .isOut(FreshLoginResult(isIn: false, login: Login(), error: error))
    }
  }

  private static func number(_ line: ArraySlice<UInt8>) -> Int? {
    Int(String(decoding: line.prefix { $0 != Byte.space }, as: UTF8.self))
  }

  @discardableResult
  func close(_ stage: Stage, with writer: any Writer) async throws -> [String] {
    let output = try await writer.perform(
      act(Script("end the rehearsal", ShellScripts.endRehearsal, [stage.folder]), stage))
    return output.text.split(whereSeparator: \.isNewline).map { String($0).trimmingSpaces }
  }

  /// The journal names the folder: who would remove it may be killed in time.
  private func act(_ script: Script, _ stage: Stage) -> Act {
    Act(.command(script, creates: [stage.folder], summary: script.name), as: sshd.rootAccount, leavesNothing: true)
  }

  private func notRehearsed(_ why: String) -> Stage? {
    context.warn("\(context.host.name): not rehearsed: \(why)")
    return nil
  }
}
