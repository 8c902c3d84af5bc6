import Diagnosis

/// A file, with all links resolved.
package struct ResolvedFile: Sendable {
  /// The path behind the links, whether or not a file exists there.
  package var path: String
  package var state: FileState
}

extension Reader {
  /// Follows links step by step, since `readlink -f` is not available everywhere.
  ///
  /// - Parameter path: absolute.
  /// - Throws: ``Failure`` of kind `link` for a loop of links, and of kind `denied` where a link of another account leads
  ///   root to a file that is not this account's; ``HostError``.
  package func resolved(_ path: String, as account: Account = .login) async throws -> ResolvedFile {
    var current = path
    var leaders: Set<Int> = []
    // Linux gives up after 40 links, too.
    for _ in 0..<40 {
      let state = try await state(of: current, as: account)
      guard let status = state.status, status.kind == .link else {
        let isRoot = account == .root || host.knownFacts?.isRoot == true
        if isRoot { try refuse(leaders, from: path, to: current, state.status) }
        return ResolvedFile(path: current, state: state)
      }
      if status.userID != 0 { leaders.insert(status.userID) }
      guard let target = status.linkTarget, !target.isEmpty else { break }
      current = target.hasPrefix("/") ? target : Self.parent(of: current) + "/" + target
    }
    throw Failure(.link, "the links at \"\(path)\" lead nowhere", paths: [path])
  }

  /// Root would act elsewhere at the word of the link's owner, who can change the link at any moment.
  private func refuse(_ leaders: Set<Int>, from path: String, to target: String, _ status: FileStatus?) throws {
    guard let leader = leaders.first, leaders != [status?.userID ?? -1] else { return }
    throw Failure(
      .denied, "a link at \"\(path)\" leads root to \"\(target)\"",
      explanation: "the link belongs to another account (\(leader)), which the file that it leads to does not",
      fix: ["name the file itself, if it is the one that is meant: \(target)"], paths: [path, target])
  }

  /// The folder of an absolute path.
  package static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return "/" }
    return String(path[..<slash])
  }

  /// The path of a name in a folder with an absolute path.
  package static func path(of name: some StringProtocol, in folder: String) -> String {
    "\(folder == "/" ? "" : folder)/\(name)"
  }
}
