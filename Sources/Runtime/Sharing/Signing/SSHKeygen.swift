import Subprocess
import SystemPackage

/// The system's `ssh-keygen -Y`, the only judge of signatures: the same code and the same kinds of keys as for logins,
/// hardware keys included.
struct SSHKeygen: Sendable {
  /// Whether the key made this signature over this data, for any owner of the key.
  func isIntact(_ signature: String, over data: String, namespace: String) async throws(SignatureProblem) -> Bool {
    try await run(["-Y", "check-novalidate", "-n", namespace, "-s", signature], input: data).isSuccess
  }

  /// The principals that a file of signers lists for the signing key.
  func principals(
    of signature: String, in signers: String, at time: String?
  ) async throws(SignatureProblem) -> [String] {
    let found = try await run(
      ["-Y", "find-principals", "-s", signature, "-f", signers] + Self.option(time), input: signature)
    guard found.isSuccess else { return [] }
    // A line may list several principals, and exclusions.
    return found.output.split(whereSeparator: { $0.isNewline || $0 == "," }).map(String.init).filter {
      !$0.hasPrefix("!")
    }
  }

  /// - Parameters:
  ///   - revoked: a list of public keys, or a KRL; `nil` for none.
  ///   - time: when the signature was made, in the format of `ssh-keygen`; `nil` for now.
  func isValid(
    _ signature: String, over data: String, namespace: String, principal: String, signers: String, revoked: String?,
    at time: String?
  ) async throws(SignatureProblem) -> Bool {
    let revocation = revoked.map { ["-r", $0] } ?? []
    return try await run(
      ["-Y", "verify", "-n", namespace, "-I", principal, "-f", signers, "-s", signature] + revocation
        + Self.option(time),
      input: data
    ).isSuccess
  }

  /// Whether a KRL contains the key.
  ///
  /// - Throws: ``SignatureProblem/tool(_:)``, even for an unreadable list, which only the output of `ssh-keygen` tells
  ///   from a revoked key.
  func isRevoked(_ key: String, by list: String) async throws(SignatureProblem) -> Bool {
    let answer = try await run(["-Q", "-f", list, key], input: key)
    if answer.isSuccess { return false }
    guard answer.output.hasSuffix(": REVOKED\n") else {
      throw .tool("\"\(list)\" is not a list of revoked keys that ssh-keygen can read")
    }
    return true
  }

  private static func option(_ time: String?) -> [String] { time.map { ["-Overify-time=\($0)"] } ?? [] }

  private struct Answer { var isSuccess: Bool, output: String }

  /// Input comes from a file, since a pipe would break if `ssh-keygen` exits without reading it.
  private func run(_ arguments: [String], input: String) async throws(SignatureProblem) -> Answer {
    var options = PlatformOptions()
    // Away from the terminal, so that a check never prompts.
    options.createSession = true
    do {
      let file = try FileDescriptor.open(FilePath(input), .readOnly, options: [.closeOnExec])
      let result = try await Subprocess.run(
        .name("ssh-keygen"), arguments: Arguments(arguments), platformOptions: options,
        input: .fileDescriptor(file, closeAfterSpawningProcess: true), output: .string(limit: 1 << 16),
        error: .string(limit: 1 << 16))
      return Answer(isSuccess: result.terminationStatus.isSuccess, output: result.standardOutput)
    } catch { throw .tool("ssh-keygen cannot be run: \(error)") }
  }
}
