import Formats

/// The files of a host read so far in a run. Before an act, the files that the act may change are forgotten; see
/// ``forget(_:_:)``.
package struct KnownFiles: Sendable, Hashable {
  private struct Place: Sendable, Hashable {
    var path: String
    var account: Account
  }

  private var states: [Place: FileState] = [:]
  /// sshd's configuration as the login account sees it: the output of `ask-sshd.sh`, by the system's own main file.
  private var configurations: [String: [UInt8]] = [:]

  package init() {}

  package subscript(_ path: String, as account: Account = .login) -> FileState? {
    get { states[Place(path: path, account: account)] }
    set { states[Place(path: path, account: account)] = newValue }
  }

  /// - Parameter main: the path of the system's own main file.
  package subscript(configuration main: String) -> [UInt8]? {
    get { configurations[main] }
    set { configurations[main] = newValue }
  }

  /// Whether the directory of a path is known to be missing, and the path with the directory.
  func lacksDirectory(of path: String) -> Bool {
    guard let state = self[Reader.parent(of: path)] else { return false }
    return state.status == nil && state.unseen == nil
  }
}

extension KnownFiles {
  /// Forgets the files that an act may change: the act's path, all paths below, and all links, under any name.
  ///
  /// A path may lead through unknown links. But the last name of the act's path stays the same wherever links among the
  /// directories lead, so all paths with this name in them are forgotten.
  ///
  /// - Parameter facts: the facts of the host; `nil` before the login.
  mutating func forget(_ act: Act, _ facts: Facts?) {
    guard let path = act.path, let name = path.split(separator: "/").last else {
      self = KnownFiles()
      return
    }
    // A new directory is empty: absent paths below are still absent.
    let isNewDirectory = if case .makeDirectory = act.kind { true } else { false }
    states = states.filter { place, state in
      guard state.status?.kind != .link else { return false }
      if isNewDirectory, state.status == nil, place.path.hasPrefix(path + "/") { return true }
      return !place.path.split(separator: "/").contains(name)
    }
    let homes = [facts?.home, facts?.physicalHome].compactMap(\.self).filter { $0.count > 1 }
    let home = homes.first { path.hasPrefix($0 + "/") }
    configurations = configurations.filter { home != nil && !Self.reaches(homes, $1) }
  }

  /// Whether a file of the configuration is in one of the directories, or may be by a link.
  private static func reaches(_ directories: [String], _ configuration: [UInt8]) -> Bool {
    let lines = configuration.split(separator: Byte.lineFeed)
    return lines.contains { line in
      if line.first == UInt8(ascii: "l") { return true }
      return directories.contains { directory in
        ["config ", "is ", "path "].contains { line.starts(with: "\($0)\(directory)/".utf8) }
      }
    }
  }
}

extension KnownFiles {
  /// Learns a file's state from a successful act of the login's account.
  ///
  /// - Parameters:
  ///   - listing: the path's line of `ls -ldn` after the act.
  ///   - before: the state before the act, if known.
  mutating func learn(_ act: Act, listing: String, before: FileState?) {
    guard act.account == .login, let path = act.path else { return }
    if case .remove = act.kind {
      self[path] = FileState(status: nil)
      return
    }
    // An access control list is read by another program than `ls`.
    guard let status = FileStatus(listing: listing), !status.hasACL else { return }
    switch act.kind {
    case .makeDirectory: self[path] = FileState(status: status)
    case .replaceFile(_, let contents, _, let expecting):
      guard expecting == nil || before != nil, status.kind == .file else { return }
      self[path] = FileState(status: status, contents: contents, attributes: before?.attributes ?? FileAttributes())
    case .setMode, .setOwner:
      guard var state = before, state.status?.hasACL == false, state.unseen == nil else { return }
      state.status = status
      if status.kind == .file, state.contents == nil { return }
      self[path] = state
    case .placeFile, .makeLink, .setAttributes, .remove, .command: return
    }
  }
}
