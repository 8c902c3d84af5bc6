import Contract
import Diagnosis
import Formats
import Hosts
import Scripts

/// The third gate: a second sshd on the host runs the candidate, and a new login reaches it through the open
/// connection.
///
/// The host's configuration stays untouched, and no port is opened. A rehearsal cannot show whether the reload will
/// succeed or whether the network lets connections through to the port; the proof does.
package struct Rehearsal: Sendable {
  let context: PrimitiveContext
  let sshd: SSHDReader
  let now: SSHDSnapshot
  let change: SSHDConfigChange
  /// sshd's answers for the candidate, if sshd was asked.
  let prospect: SSHDSnapshot?
  let key: WorkingKey?
  /// Whether the candidate changes addresses or ports.
  let movesListeners: Bool
  /// `SSH_CONNECTION` for logins under the candidate.
  let connection: String

  /// In seconds. The rehearsal's processes exit after this time, even if the connection is lost.
  private static let lifetime = 60

  /// The rehearsal's folder, for a later script with root to remove.
  package struct Stage: Sendable {
    let folder: String

    init(folder: String = "/var/run/ssh-recipes." + FrameMark.randomToken()) { self.folder = folder }

    /// The script for ``ControlSocketProxy/proxyCommand(running:)``.
    var relay: String { ShellScripts.relayLogin.replacing("FOLDER", with: folder) }
  }

  /// - Parameter meanwhile: other work as root on the host, done during the login; left out without a login.
  /// - Returns: the stage of a successful login; `nil` if a rehearsal was impossible, after a note to the user.
  /// - Throws: ``Failure`` of kind `rehearsal` if the candidate refuses the login; the errors of `meanwhile`.
  func callAsFunction(
    with writer: any Writer, meanwhile: @Sendable () async throws -> Void
  ) async throws -> Stage? {
    guard !writer.isPlan else { return nil }
    guard let proxy = try await context.host.transport.controlSocketProxy() else {
      return notRehearsed("there is no way in for a second login over this connection")
    }
    guard let server = now.sshd else { return notRehearsed("it is not known where sshd is") }
    let stage = Stage()
    let end: End
    do {
      end = try await play(stage, files(in: stage.folder), server, proxy, with: writer, meanwhile)
    } catch {
      _ = try? await close(stage, with: writer)
      throw error
    }
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
      // A rehearsal differs from a real login: no network address, another parent process. If the present configuration
      // fails here too, the result says nothing about the candidate.
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

  /// Whether to rehearse the configuration as resolved by sshd for this login, instead of the files.
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
    /// Addresses or ports on which sshd could not listen.
    case unbound([String])
  }

  /// Starts the second sshd and the login at the same time: the relay on the host waits for sshd.
  private func play(
    _ stage: Stage, _ text: [UInt8], _ server: String, _ proxy: ControlSocketProxy, with writer: any Writer,
    _ meanwhile: @Sendable () async throws -> Void = {}
  ) async throws -> End {
    let count = text.isEmpty ? 0 : 1 + (text.split(separator: 0x0A).compactMap(Self.number).max() ?? 0)
    let listens = movesListeners && !text.isEmpty
    let script = Script(
      "rehearse sshd's configuration", ShellScripts.startRehearsal,
      [
        stage.folder, String(sshd.facts.userID), String(Self.lifetime), server, String(count), listens ? "listen" : "",
        sshd.config, ShellScripts.rehearse, ShellScripts.endProcesses, now.arguments.joined(separator: "\n"),
      ], input: text)
    let act = act(script, stage)
    var request = FreshLoginRequest(key)
    request.hostKeyName = proxy.hostKeyName
    request.proxyCommand = proxy.proxyCommand(running: stage.relay)
    async let login = context.services.freshLogin(to: context.host, with: request)
    let started = try await writer.perform(act)
    let bound = Self.unbound(started.text, before: now.global)
    // Otherwise the login would wait for the missing sshd.
    guard started.isSuccess else {
      let why = started.errorText.split(whereSeparator: \.isNewline).first.map(String.init)
      return .notStarted(why ?? "a second sshd could not be started")
    }
    if bound.isEmpty { try await meanwhile() }
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

  /// The script, with the end of the rehearsal in front.
  static func leaving(_ stage: Stage?, _ script: Script) -> Script {
    guard let stage else { return script }
    return script.preceded(by: ShellScripts.leaveRehearsal, [stage.folder])
  }

  @discardableResult
  func close(_ stage: Stage, with writer: any Writer) async throws -> [String] {
    let output = try await writer.perform(
      act(Script("end the rehearsal", ShellScripts.endRehearsal, [stage.folder]), stage))
    return output.text.trimmedLines
  }

  /// The journal records the folder, since the run may be killed before removing it.
  private func act(_ script: Script, _ stage: Stage) -> Act {
    var act = Act(
      .command(script, creates: [stage.folder], summary: script.name), as: sshd.rootAccount, leavesNothing: true)
    act.keepsFiles = true
    return act
  }

  private func notRehearsed(_ why: String) -> Stage? {
    context.warn("\(context.host.name): not rehearsed: \(why)")
    return nil
  }
}
