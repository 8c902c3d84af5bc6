/// What a platform may name as a file or program of sshd. Primitives that need no `files` write to these and start them, and
/// platforms come with recipes of somebody else: only the name tells `~/.bashrc` from a file for keys.
enum ServerPath {
  case keys
  case config
  case program

  var expectation: String {
    switch self {
    case .keys: "a path that ends in \"authorized_keys\", or in \"%u\" in a folder that is called so"
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
  /// - Throws: ``DeclarationProblem`` for a path that names something else.
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
