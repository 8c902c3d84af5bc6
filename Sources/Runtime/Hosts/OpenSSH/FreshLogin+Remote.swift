import Scripts

extension FreshLogin {
  /// The same proof made from another host: a script for that host, whose output
  /// ``outcome(of:nonce:target:keyPath:fingerprint:)`` reads.
  ///
  /// It uses that host's `known_hosts` and no agent.
  ///
  /// - Parameters:
  ///   - keyPath: the private key over there; `~` is not expanded.
  ///   - nonce: a word that nobody can guess, letters and digits only.
  package static func script(to target: Target, keyPath: String, nonce: String) -> Script {
    // A client before 7.3 does not know IdentityAgent, and would end.
    let options =
      ["IgnoreUnknown=IdentityAgent"] + options(keepsAgent: false)
      + ["ConnectTimeout=10", "ForwardAgent=no", "ClearAllForwardings=yes"]
    let arguments = [
      keyPath, target.host, target.user ?? "", target.port.map(String.init) ?? "",
      command(answering: nonce),
    ]
    return Script("verify_login", ShellScripts.proveLogin, arguments + options, timeout: .seconds(40))
  }

  /// Reads what ``script(to:keyPath:nonce:)`` left behind.
  package static func outcome(
    of output: Output, nonce: String, target: Target, keyPath: String, fingerprint: String?
  ) -> Outcome {
    var end = ShellEnd(hadBegun: false, noise: output.text)
    if output.status == 127, output.stderr.starts(with: Array("ssh: not found".utf8)) {
      end.startFailure = "that host has no ssh"
    } else {
      end.status = output.status
    }
    return outcome(
      end, printed: output.stdout, logBytes: output.stderr, nonce: nonce, target: target.description,
      key: KeyInQuestion(path: keyPath, fingerprints: fingerprint.map { [$0] } ?? []))
  }

  /// A nonce for ``script(to:keyPath:nonce:)``.
  package static func nonce() -> String { FrameMark.randomToken() }
}
