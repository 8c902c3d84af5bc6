import Foundation
import Testing

/// A person at the lab's client side, with a home of their own that goes when the test ends.
struct Operator: Sendable {
  let home: String

  /// A recipe that leaves the file ~/mark on each host.
  static let mark = """
    recipe {
      summary = "Leaves a mark",
      hosts = { { "to", "A host" } },
      needs = { "files" },
      run = function(hosts) hosts.to:write("~/mark", "text\\n") end,
    }
    """

  /// Gives a test an operator, and removes the home afterwards.
  static func with<T: Sendable>(_ body: @Sendable (Operator) async throws -> T) async throws -> T {
    let home = FileManager.default.temporaryDirectory.appending(path: "ssh-recipes-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(
      atPath: home, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(atPath: home) }
    return try await body(Operator(home: home))
  }

  /// `ssh-recipes` with these arguments.
  func recipes(_ arguments: String..., input: String = "") async throws -> Finished {
    try await run([Lab.binary] + arguments, input: input)
  }

  /// A recipe run as it is run unattended.
  func unattended(
    _ recipe: String, _ hosts: LabHost..., command: String = "run", more: [String] = []
  ) async throws -> Finished {
    try await run(Self.line(recipe, hosts, command: command, more: more))
  }

  /// The command line of a run that needs nobody.
  static func line(
    _ recipe: String, _ hosts: [LabHost], command: String = "run", more: [String] = []
  ) -> [String] {
    let password = hosts.first?.password ?? ""
    return [Lab.binary, command, recipe] + hosts.map(\.target) + [
      "--accept-new", "--password-command", "printf \(password)", "--sudo-password-command", "printf \(password)",
      "--yes", "--output", "plain",
    ] + more
  }

  /// Plans a recipe, and expects that nothing has changed by it: not one byte on the hosts nor in this home, also with
  /// `--accept-new`.
  @discardableResult
  func plan(
    _ recipe: String, _ hosts: LabHost..., more: [String] = [], status: Int32 = 2,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> Finished {
    let before = try await snapshots(hosts)
    let plan = try await run(Self.line(recipe, hosts, command: "plan", more: more))
    #expect(plan.status == status, "\(plan)", sourceLocation: sourceLocation)
    let after = try await snapshots(hosts)
    #expect(zip(before, after).flatMap(LabHost.changed) == [], "\(plan)", sourceLocation: sourceLocation)
    return plan
  }

  private func snapshots(_ hosts: [LabHost]) async throws -> [String] {
    var all = [try await snapshot(withKnownHosts: true)]
    for host in hosts { all.append(try await host.snapshot()) }
    return all
  }

  /// This home, a line a file, without what runs keep of themselves; without `known_hosts`, unless it counts.
  func snapshot(withKnownHosts: Bool = false) async throws -> String {
    let known = withKnownHosts ? "" : "! -path './.ssh/known_hosts*' ! -path ./.ssh "
    return try await shell(
      "find . \(known)! -path './.local*' ! -path . -printf '%p\\t%y %m %U ' "
        + "\\( -type f -exec sha256sum {} \\; -o -printf '\\n' \\) | LC_ALL=C sort"
    ).stdout
  }

  /// A shell script on the operator's computer.
  @discardableResult
  func shell(_ script: String) async throws -> Finished { try await run(["sh", "-c", script]) }

  /// Whether `ssh` logs in to the host with this operator's keys alone.
  func logsIn(to host: LabHost) async throws -> Bool {
    let proof = try await run([
      "ssh", "-o", "BatchMode=yes", "-o", "ControlPath=none", "-o", "PreferredAuthentications=publickey", host.target,
      "echo", "in",
    ])
    return proof.status == 0 && proof.stdout == "in\n"
  }

  func changed(since before: String) async throws -> [String] { LabHost.changed(before, try await snapshot()) }

  /// Whether an account's password still opens the host.
  func logsInWithPassword(to host: LabHost) async throws -> Bool {
    try write("ask", "#!/bin/sh\necho \(host.password)\n", mode: 0o700)
    let proof = try await shell(
      "SSH_ASKPASS=/root/ask SSH_ASKPASS_REQUIRE=force ssh -o ControlPath=none -o PubkeyAuthentication=no "
        + "-o NumberOfPasswordPrompts=1 -o StrictHostKeyChecking=no \(host.target) echo in; s=$?; rm ask; exit $s")
    return proof.status == 0 && proof.stdout == "in\n"
  }

  /// Runs a command in the home.
  func run(_ command: [String], input: String = "") async throws -> Finished {
    try await Lab.command(
      Lab.script,
      ["client", Lab.name, "--home", home, "--no-agent", "--", "sh", "-c", #"cd && exec "$@""#, "sh"] + command,
      input: input)
  }

  /// A file below the home.
  func read(_ path: String) throws -> String { try String(contentsOfFile: home + "/" + path, encoding: .utf8) }
  func write(_ path: String, _ text: String, mode: Int = 0o600) throws {
    let full = home + "/" + path
    let folder = (full as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try text.write(toFile: full, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: full)
  }
}
