/// The paths that a platform may declare as a file or program of sshd. Primitives without the permission `files` write
/// to these files and start these programs, and third-party recipes bring their own platforms: only the name tells a
/// key file from `~/.bashrc`.
/// file from `~/.bashrc`.
enum ServerPath {
  case keys
  case config
  case program

  var expectation: String {
    switch self {
    case .keys: "a path that ends in \"authorized_keys\", or in \"%u\" inside a folder named \"authorized_keys…\""
    case .config: "a path whose last part begins with \"sshd_config\""
    case .program: "a path whose last part begins with \"sshd\""
    }
  }

  func fits(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map(String.init)
    guard let last = parts.last, !path.hasSuffix("/"), !parts.contains("..") else { return false }
    let keys = ["authorized_keys", "authorized_keys2"]
    switch self {
    case .keys: return keys.contains(last) || last == "%u" && parts.dropLast().last?.hasPrefix(keys[0]) == true
    case .config: return last.hasPrefix("sshd_config")
    case .program: return last.hasPrefix("sshd")
    }
  }
}

extension DeclarationTable {
  /// - Throws: ``DeclarationProblem`` for any other path.
  func check(_ path: String, _ field: String, _ kind: ServerPath) throws(DeclarationProblem) -> String {
    guard kind.fits(path) else {
      throw .mismatch(field: field, place: place, expected: kind.expectation, got: "\"\(path)\"")
    }
    return path
  }

  func serverPath(_ field: String, _ kind: ServerPath) throws(DeclarationProblem) -> String? {
    guard let path = try text(field) else { return nil }
    return try check(path, field, kind)
  }
}
