import Contract
import Diagnosis
import Hosts
import Scripts

/// A socket of systemd that listens in sshd's place (`ssh.socket`): there `Port` and `ListenAddress` say nothing by
/// themselves.
///
/// Ubuntu from 22.10, where 24.04 brought a generator that makes the socket's addresses from sshd_config; Debian and
/// Fedora where somebody switched it on.
struct SSHDSocket: Sendable {
  let context: PrimitiveContext
  let sshd: SSHDReader

  init(_ context: PrimitiveContext, sshd: SSHDReader) {
    self.context = context
    self.sshd = sshd
  }

  /// - Throws: ``Failure`` at the gate `edit` where new addresses would be of no effect, because the socket has its own.
  ///   Where it is made from sshd_config, the platform's `reload` makes it anew.
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
