import Subprocess

/// The shells that scripts must run under.
enum Shell {
  /// Whether a shell takes a script for right, without running it.
  static func parses(_ script: String, with shell: String) async throws -> Bool {
    let result = try await Subprocess.run(
      .path("/bin/sh"),
      arguments: ["-c", "command -v \(shell.split(separator: " ")[0]) >/dev/null || exit 0; \(shell) -n"],
      input: .fileDescriptor(try StandardInput.file(Array(script.utf8)), closeAfterSpawningProcess: true),
      output: .discarded, error: .discarded)
    return result.terminationStatus.isSuccess
  }
}
