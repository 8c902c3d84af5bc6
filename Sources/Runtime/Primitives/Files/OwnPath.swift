import Contract
import Hosts
import Values

/// Paths that a recipe may choose where it was given `keys`, `agent` or `ssh` and not `files`: those of the account's own
/// keys, and those that sshd reads keys and its configuration from. With any other path these permissions would write or
/// use any file of the account.
enum OwnPath {
  /// What ssh, sshd or the login's shell read there as something else than a key: as settings, commands, hosts.
  private static let taken: Set<String> = [
    "authorized_keys", "authorized_keys2", "config", "environment", "known_hosts", "known_hosts2", "rc",
  ]
  /// sshd's own defaults (sshd_config(5), AuthorizedKeysFile), as a recipe writes them.
  private static let keysFiles: Set<String> = ["~/.ssh/authorized_keys", "~/.ssh/authorized_keys2"]

  /// Whether a path is below one of the folders, without a step out of it.
  private static func isBelow(_ folders: [String], _ path: String) -> Bool {
    folders.contains { folder in
      guard path.hasPrefix(folder) else { return false }
      let steps = path.dropFirst(folder.count).split(separator: "/")
      return !steps.isEmpty && steps.allSatisfy { $0 != "." && $0 != ".." }
    }
  }

  /// - Parameter homes: as paths begin with them: the home and what it is behind all links, or `~`.
  static func isKey(_ path: String, homes: [String]) -> Bool {
    // Some file systems take `RC` for `rc`.
    guard let name = path.split(separator: "/").last?.lowercased(), !taken.contains(name) else { return false }
    return isBelow(homes.filter { !$0.isEmpty }.map { $0 + "/.ssh/" }, path)
  }

  static func isKeysFile(_ path: RemotePath) -> Bool { keysFiles.contains(path.text) }

  /// - Parameter main: where this host's sshd has it.
  static func isServerConfig(_ path: String, main: String) -> Bool {
    let files = [main, "/etc/ssh/sshd_config"]
    return files.contains(path) || isBelow(files.map { $0 + ".d/" }, path)
  }
}

extension PrimitiveContext {
  /// Refuses a key's path that is not below the account's `~/.ssh`, unless the recipe may use `files`.
  ///
  /// - Parameter owner: the host that has the file.
  /// - Throws: ``Failure`` of kind `permission`; ``HostError``.
  func admit(keyAt path: String?, of owner: Reader, for primitive: String) async throws {
    guard let path, !OwnPath.isKey(path, homes: ["~"]) else { return }
    // Only an absolute path is worth a login to learn where the home is.
    if path.hasPrefix("/"), path.contains("/.ssh/") {
      let facts = try await owner.facts()
      if OwnPath.isKey(path, homes: [facts.home, facts.physicalHome]) { return }
    }
    try services.require(.files, for: primitive)
  }

  /// Refuses any file for keys but sshd's own, unless the recipe may use `files`: a line with options that the recipe chooses is
  /// more than a key to whoever else reads the file.
  ///
  /// - Throws: ``Failure`` of kind `permission`.
  func admit(keysFile path: RemotePath?, for primitive: String) throws {
    guard let path, !OwnPath.isKeysFile(path) else { return }
    try services.require(.files, for: primitive)
  }

  /// Refuses a configuration that is not where sshd has its own, unless the recipe may write any file as root: that is what it
  /// comes to, since sshd takes any file without settings for a configuration.
  ///
  /// - Throws: ``Failure`` of kind `permission`; ``HostError``.
  func admit(serverConfig path: RemotePath?, for primitive: String) async throws {
    guard let path else { return }
    let facts = try await reader.facts()
    guard !OwnPath.isServerConfig(path.expanded(home: facts.home), main: facts.platform.sshdConfig) else { return }
    try services.require(.files, for: primitive)
    try services.require(.root, for: primitive)
  }
}
