import Hosts
import Values

extension PrimitiveContext {
  /// Refuses an argument's files without the permission `files`, except for the parameter's own paths. Called for each
  /// argument before a primitive's body.
  ///
  /// - Parameters:
  ///   - value: the argument.
  /// - own: the paths allowed without `files`.
  ///   - arguments: all arguments of the call, by name.
  ///   - primitive: the name of the primitive, for the message.
  /// - Throws: ``Failure`` of kind `permission`; ``HostError`` if the login to learn the home's path fails.
  func admit(
    _ value: some LuaArgument, own: OwnPaths, among arguments: [String: LuaValue], for primitive: String
  ) async throws {
    for path in value.paths {
      let isOwn =
        switch own {
        case .none: false
        case .keys(let owner): try await isKey(path, of: reader(of: owner, among: arguments))
        case .publicKeys: try await isPublicKey(path, value)
        case .keysFiles: KeyPaths.keysFiles.contains(path)
        case .serverConfig: try await isServerConfig(path)
        }
      if !isOwn { try require(.files, for: primitive) }
    }
  }

  private func reader(of owner: PathOwner, among arguments: [String: LuaValue]) throws -> Reader {
    switch owner {
    case .host: return reader
    case .here: return here
    case .argument(let name):
      guard let host = arguments[name].flatMap({ try? HostArgument(lua: $0) }) else { return here }
      return try reader(of: host)
    }
  }

  private func isKey(_ path: String, of owner: Reader) async throws -> Bool {
    if KeyPaths.isKey(path, homes: ["~"]) { return true }
    // Other paths cannot be below the home, so no login is needed.
    guard path.hasPrefix("/"), path.contains("/.ssh/") else { return false }
    let facts = try await owner.facts()
    return KeyPaths.isKey(path, homes: [facts.home, facts.physicalHome])
  }

  private func isPublicKey(_ path: String, _ value: some LuaArgument) async throws -> Bool {
    if let key = value as? KeyArgument, key.publicLine != nil || key.isPlanned { return true }
    return try await isKey(path, of: here)
  }

  /// Whether the path is sshd's configuration on the host of the call, or a file in its folder `sshd_config.d`.
  package func isServerConfig(_ path: String) async throws -> Bool {
    guard let path = RemotePath(path) else { return false }
    let facts = try await reader.facts()
    let files = [facts.platform.sshdConfig, "/etc/ssh/sshd_config"]
    let expanded = path.expanded(home: facts.home)
    return files.contains(expanded) || KeyPaths.isBelow(files.map { $0 + ".d/" }, expanded)
  }
}

/// The names and folders of SSH's own files.
private enum KeyPaths {
  /// Files in `~/.ssh` with another use than as a key: settings, commands or hosts for ssh, sshd or the login shell.
  private static let otherFiles: Set<String> = [
    "authorized_keys", "authorized_keys2", "config", "environment", "known_hosts", "known_hosts2", "rc",
  ]

  /// sshd's defaults (sshd_config(5), AuthorizedKeysFile), as written in recipes.
  static let keysFiles: Set<String> = ["~/.ssh/authorized_keys", "~/.ssh/authorized_keys2"]

  /// - Parameter homes: the home, with and without links, or `~`. Empty strings are ignored.
  static func isKey(_ path: String, homes: [String]) -> Bool {
    // Some file systems ignore case: `RC` is `rc` there.
    guard let name = path.split(separator: "/").last?.lowercased(), !otherFiles.contains(name) else { return false }
    return isBelow(homes.filter { !$0.isEmpty }.map { $0 + "/.ssh/" }, path)
  }

  /// Whether the path is below one of the folders, without `.` and `..` in the rest.
  static func isBelow(_ folders: [String], _ path: String) -> Bool {
    folders.contains { folder in
      guard path.hasPrefix(folder) else { return false }
      let steps = path.dropFirst(folder.count).split(separator: "/")
      return !steps.isEmpty && steps.allSatisfy { $0 != "." && $0 != ".." }
    }
  }
}
