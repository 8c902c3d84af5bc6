/// What a recipe must ask for in `needs` before its primitives do it.
package enum Permission: String, Sendable, CaseIterable {
  /// Make keys, copy public ones, remove them.
  case keys
  /// Read and change files of the account.
  case files
  /// Change sshd's configuration and restart it.
  case ssh
  /// Read logs.
  case logs
  /// Give keys to the agent.
  case agent
  /// Run any command.
  case run
  /// Act as root.
  case root

  /// In plain words, for `show` and for consent.
  package var meaning: String {
    switch self {
    case .keys: "make SSH keys and put public keys where they let people log in"
    case .files: "read and change any file that the account may, also outside its home"
    case .ssh: "change the configuration of the SSH server, and restart it"
    case .logs: "read the SSH server's log"
    case .agent: "give keys to your SSH agent"
    case .run: "run any command"
    case .root: "act as root"
    }
  }

  /// Whether it lets a recipe read and change any file of the account by itself.
  var coversAllPaths: Bool { [.files, .run].contains(self) }

  /// Whether it leads further than the account's own keys and the SSH server, so that `show` and consent call it out.
  package var isFarReaching: Bool { [.files, .run, .root].contains(self) }
}
