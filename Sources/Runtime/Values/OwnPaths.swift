/// The paths allowed as one argument without the permission `files`. Any other path needs `files`, unless the primitive
/// itself needs `files` or `run`: see ``Parameter/init(_:_:own:)``.
package enum OwnPaths: Sendable, Hashable {
  /// No path.
  case none
  /// Keys below the account's `~/.ssh` on one host.
  case keys(of: PathOwner)
  /// Public keys below `~/.ssh` on this computer. An argument with the public line itself names no file.
  case publicKeys
  /// The files from which sshd reads public keys by default: `~/.ssh/authorized_keys` and `~/.ssh/authorized_keys2`.
  case keysFiles
  /// sshd's configuration file on the host of the call, and the files in its folder `sshd_config.d`.
  case serverConfig
}

/// The host of a path.
package enum PathOwner: Sendable, Hashable {
  /// The host of the call.
  case host
  /// This computer.
  case here
  /// The host in the argument with this name; `here` without the argument.
  case argument(String)
}
