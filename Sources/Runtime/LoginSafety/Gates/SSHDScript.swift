import Hosts
import Scripts

/// The script that reads sshd's configuration on a host: the files, and the output of `sshd -t` and `-T`.
enum SSHDScript {
  /// The configuration to judge.
  enum Source {
    case file
    /// A candidate on standard input, for sshd to judge before any file changes.
    case candidate([UInt8])
  }

  /// - Parameters:
  ///   - config: the main file; `nil` for the main file of the sshd that accepts logins on the host.
  ///   - ask: whether to call `sshd -t` and `-T`, which needs root.
  ///   - connection: `SSH_CONNECTION` of the login, if known: sudo removes it from the environment.
  ///   - wish: lines for sshd to render separately.
  ///   - makesRunDirectory: for acts only. sshd checks nothing without `/run/sshd`, and systemd removes the directory
  ///     after stopping the service.
  static func script(
    _ name: String, config: String?, platform: Platform, user: String, source: Source, ask: Bool,
    connection: String = "", wish: String = "", makesRunDirectory: Bool = false
  ) -> Script {
    var input: [UInt8]?
    if case .candidate(let bytes) = source { input = bytes }
    return Script(
      name, ShellScripts.askSSHD,
      [
        config ?? "", platform.sshdConfig, user, ask ? "ask" : "", input == nil ? "" : "candidate",
        makesRunDirectory ? "make" : "", connection, wish,
      ] + platform.sshd, input: input, outputLimit: FileProbe.contentsLimit * 2)
  }
}
