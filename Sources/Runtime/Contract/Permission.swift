/// A capability to be requested in a recipe's `needs`.
public enum Permission: String, Sendable, CaseIterable {
  /// Make keys, copy public keys to hosts, and remove them there.
  case keys
  /// Read and change files of the account.
  case files
  /// Change sshd's configuration and restart sshd.
  case ssh
  /// Read logs.
  case logs
  /// Add keys to the agent.
  case agent
  /// Run any command.
  case run
  /// Act as root.
  case root

  /// In plain words, for `show` and for consent.
  package var meaning: String {
    switch self {
    case .keys: "make SSH keys, and read and change the public keys that let people log in"
    case .files: "read and change any file that the account may, also outside its home"
    case .ssh: "change the configuration of the SSH server, which can make it run commands as root, and restart it"
    case .logs: "read the SSH server's log"
    case .agent: "give keys to your SSH agent"
    case .run: "run any command"
    case .root: "act as root"
    }
  }

  /// Whether the permission alone lets a recipe read and change any file of the account.
  var coversAllPaths: Bool { [.files, .run].contains(self) }

  /// Whether the permission reaches beyond the account's keys and the SSH server's own behaviour: sshd runs the commands
  /// in its configuration, some of them as root. `show` and consent highlight these.
  package var isFarReaching: Bool { [.files, .ssh, .run, .root].contains(self) }
}
