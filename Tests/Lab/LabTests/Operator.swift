import Foundation

/// A person at the lab's client side, with a home of their own that goes when the test ends.
struct Operator: Sendable {
  let home: String

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
    let password = hosts.first?.kind.password ?? ""
    return try await run(
      [Lab.binary, command, recipe] + hosts.map(\.target) + [
        "--accept-new", "--password-command", "printf \(password)", "--sudo-password-command", "printf \(password)",
        "--yes", "--output", "plain",
      ] + more)
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

  func run(_ command: [String], input: String = "") async throws -> Finished {
    try await Lab.command(Lab.script, ["client", Lab.name, "--home", home, "--"] + command, input: input)
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
