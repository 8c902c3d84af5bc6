import Hosts
import Scripts

/// The script that reads sshd's configuration on a host: the files, and the output of `sshd -t` and `-T`.
enum SSHDScript {
  /// The configuration to judge.
  enum Source {
    case file
    /// The same as root, after a reading that has told the account's groups.
    case fileAgain
    /// A candidate on standard input, for sshd to judge before any file changes.
    case candidate([UInt8], hasMatch: Bool)
    /// The files just written, for acts only: sshd's answers alone. The script makes `/run/sshd`: sshd checks nothing
    /// without it, and systemd removes it after stopping the service.
    case written(hasMatch: Bool)
  }

  /// - Parameters:
  ///   - config: the main file; `nil` for the main file of the sshd that accepts logins on the host.
  ///   - ask: whether to call `sshd -t` and `-T`, which needs root.
  ///   - connection: `SSH_CONNECTION` of the login, if known: sudo removes it from the environment.
  ///   - wish: lines for sshd to render separately.
  static func script(
    _ name: String, config: String?, platform: Platform, user: String, source: Source, ask: Bool,
    connection: String = "", wish: String = ""
  ) -> Script {
    var input: [UInt8]?
    var (asks, candidate, written) = (ask ? "ask" : "", "", "")
    if case .fileAgain = source { asks = "again" }
    switch source {
    case .file, .fileAgain: break
    case .candidate(let bytes, let hasMatch): (input, candidate) = (bytes, hasMatch ? "candidate" : "unmatched")
    case .written(let hasMatch): written = hasMatch ? "written" : "plain"
    }
    return Script(
      name, ShellScripts.askSSHD,
      [
        config ?? "", platform.sshdConfig, user, asks, candidate, written, connection, wish,
      ] + platform.sshd, input: input, outputLimit: FileProbe.contentsLimit * 2)
  }
}
