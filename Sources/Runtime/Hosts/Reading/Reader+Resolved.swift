import Diagnosis

/// A file, with all links resolved.
package struct ResolvedFile: Sendable {
  /// The path behind the links, whether or not a file exists there.
  package var path: String
  package var state: FileState
}

extension Reader {
  /// Follows links one by one, since `readlink -f` is not available everywhere.
  ///
  /// - Parameter path: absolute.
  /// - Throws: ``Failure`` of kind `link` for a loop of links; ``HostError``.
  package func resolved(_ path: String, as account: Account = .login) async throws -> ResolvedFile {
    var current = path
    // Linux gives up after 40 links, too.
    for _ in 0..<40 {
      let state = try await state(of: current, as: account)
      guard let status = state.status, status.kind == .link else { return ResolvedFile(path: current, state: state) }
      guard let target = status.linkTarget, !target.isEmpty else { break }
      current = target.hasPrefix("/") ? target : Self.parent(of: current) + "/" + target
    }
    throw Failure(.link, "the links at \"\(path)\" lead nowhere", paths: [path])
  }

  /// The folder of an absolute path.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }
}
