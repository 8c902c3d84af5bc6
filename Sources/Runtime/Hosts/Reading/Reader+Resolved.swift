import Diagnosis

/// A file behind the links that lead to it.
package struct ResolvedFile: Sendable {
  /// The path of what the links point to, or where a file would come to be.
  package var path: String
  package var state: FileState
}

extension Reader {
  /// Follows links by hand, one look each: `readlink -f` is not everywhere.
  ///
  /// - Parameter path: absolute.
  /// - Throws: ``Failure`` of kind `link` where the links go in a circle; ``HostError``.
  package func resolved(_ path: String, as account: Account = .login) async throws -> ResolvedFile {
    var current = path
    // Linux gives up after 40 as well.
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
