import Scripts

extension FreshLogin {
  /// The same proof from another host: a script for the host; ``outcome(of:nonce:target:keyPath:fingerprint:)`` reads
  /// the output.
  ///
  /// The login uses the host's own `known_hosts` and no agent.
  ///
  /// - Parameters:
  ///   - keyPath: the private key on the other host; `~` is not expanded.
  ///   - nonce: an unguessable word of letters and digits.
  package static func script(to target: Target, keyPath: String, nonce: String) -> Script {
    let options =
      ["BatchMode=yes"] + options(keepsAgent: true) + SessionOptions.always
      + ["ConnectTimeout=10", "ForwardAgent=no", "ClearAllForwardings=yes"]
      // A client exits at an unknown option. Before 7.3, IdentityAgent is unknown.
      + (["IdentityAgent=none", "Tunnel=no"] + SessionOptions.newer).map { "?" + $0 }
    let arguments = [
      keyPath, target.host, target.user ?? "", target.port.map(String.init) ?? "",
      command(answering: nonce),
    ]
    return Script("verify_login", ShellScripts.proveLogin, arguments + options, timeout: .seconds(40))
  }

  /// Reads the output of ``script(to:keyPath:nonce:)``.
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
