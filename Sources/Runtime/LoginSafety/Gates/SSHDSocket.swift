import Contract
import Diagnosis
import Hosts
import Scripts

/// A systemd socket that listens for sshd (`ssh.socket`). With it, `Port` and `ListenAddress` alone have no effect.
///
/// Default on Ubuntu since 22.10; since 24.04 a generator creates the socket's addresses from sshd_config. Optional on
/// Debian and Fedora.
struct SSHDSocket: Sendable {
  let context: PrimitiveContext
  let sshd: SSHDReader

  init(_ context: PrimitiveContext, sshd: SSHDReader) {
    self.context = context
    self.sshd = sshd
  }

  /// - Throws: ``Failure`` at the gate `edit` if the socket names addresses, so that the new addresses would have no
  ///   effect. For a generated socket, the platform's `reload` regenerates the addresses.
  func check() async throws {
    guard sshd.facts.commands["systemctl"] != nil else { return }
    let output = try await context.reader.query(Script("ssh.socket", ShellScripts.findSocket), as: sshd.rootAccount)
    let words = output.text.split(separator: " ").map(String.init)
    guard words.count > 1, words[0] == "own" else { return }
    throw Failure(
      .refused, "systemd listens in sshd's place here, so the option would be of no effect",
      explanation: "\(words[1]) is active, and takes its addresses from its own unit, not from sshd_config",
      fix: [
        "sudo systemctl edit \(words[1]), with [Socket], an empty ListenStream= and ListenStream=PORT; "
          + "then sudo systemctl daemon-reload && sudo systemctl restart \(words[1])",
        "let sshd listen itself: sudo systemctl disable --now \(words[1]) && sudo systemctl enable --now ssh.service",
      ], paths: Array(words.dropFirst(2))
    ).at(.edit)
  }
}
