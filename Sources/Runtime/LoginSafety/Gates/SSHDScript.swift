import Hosts
import Scripts

/// The script that asks a host for sshd's configuration: the files, and what sshd makes of them.
enum SSHDScript {
  /// What sshd shall read.
  enum Source {
    case file
    /// A candidate on standard input, so that sshd can judge it before a byte is written.
    case candidate([UInt8])
  }

  /// - Parameters:
  ///   - ask: whether to call `sshd -t` and `-T`, which needs root.
  ///   - connection: `SSH_CONNECTION` of the login, where it is known: sudo takes it out of the environment.
  ///   - makesRunDirectory: only for acts. Without `/run/sshd` sshd checks nothing, and systemd removes it with the service.
  static func script(
    _ name: String, config: String, platform: Platform, user: String, source: Source, ask: Bool,
    connection: String = "", makesRunDirectory: Bool = false
  ) -> Script {
    var input: [UInt8]?
    if case .candidate(let bytes) = source { input = bytes }
    let folder = platform.sshdConfig.split(separator: "/").dropLast().map { "/\($0)" }.joined()
    return Script(
      name, ShellScripts.askSSHD,
      [
        config, folder, user, ask ? "ask" : "", input == nil ? "" : "candidate", makesRunDirectory ? "make" : "",
        connection,
      ] + platform.sshd, input: input)
  }
}
