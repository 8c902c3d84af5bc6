import Subprocess
import SystemPackage

/// The system's `ssh-keygen -Y`, which alone judges signatures: the same code and the same kinds of keys as for logins,
/// hardware keys included.
struct SSHKeygen: Sendable {
  /// Whether the signature is the key's own over these bytes, whoever the key belongs to.
  func isIntact(_ signature: String, over data: String, namespace: String) async throws(SignatureProblem) -> Bool {
    try await run(["-Y", "check-novalidate", "-n", namespace, "-s", signature], input: data).isSuccess
  }

  /// The principals under whom a file of signers lists the key that signed.
  func principals(
    of signature: String, in signers: String, at time: String?
  ) async throws(SignatureProblem) -> [String] {
    let found = try await run(
      ["-Y", "find-principals", "-s", signature, "-f", signers] + Self.option(time), input: signature)
    guard found.isSuccess else { return [] }
    // A line may list several, and what it excludes.
    return found.output.split(whereSeparator: { $0.isNewline || $0 == "," }).map(String.init).filter {
      !$0.hasPrefix("!")
    }
  }

  /// - Parameters:
  ///   - revoked: a list of public keys, or a KRL; `nil` for none.
  ///   - time: when the signature was made, as `ssh-keygen` takes it; `nil` for now.
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

  /// Whether a KRL has the key.
  ///
  /// - Throws: ``SignatureProblem/tool(_:)`` for a list that cannot be read, too: only what is printed tells it apart.
  func isRevoked(_ key: String, by list: String) async throws(SignatureProblem) -> Bool {
    let answer = try await run(["-Q", "-f", list, key], input: key)
    if answer.isSuccess { return false }
    guard answer.output.hasSuffix(": REVOKED\n") else {
      throw .tool("\"\(list)\" is no list of revoked keys that ssh-keygen can read")
    }
    return true
  }

  private static func option(_ time: String?) -> [String] { time.map { ["-Overify-time=\($0)"] } ?? [] }

  private struct Answer { var isSuccess: Bool, output: String }

  /// Its input is a file: a pipe would break where it ends without reading.
  private func run(_ arguments: [String], input: String) async throws(SignatureProblem) -> Answer {
    var options = PlatformOptions()
    // Apart from the terminal: checking asks nobody anything.
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
