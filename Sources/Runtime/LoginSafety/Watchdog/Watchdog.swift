import Hosts

/// A dead-man switch on a host: restores the old files unless the run acknowledges a login in time. The watchdog
/// outlives the connection and this program; a watchdog of root also outlives a reboot.
package struct Watchdog: Sendable, Hashable {
  /// The watchdog's own folder: writable by its account, and kept across reboots.
  var folder: String
  /// A secret of the run, so that another run's acknowledgement does not count.
  let token: String
  let account: Account
  /// Seconds from the change to the proof; restarted when sshd is reloaded.
  package let timeout: Int
  let watched: Watched

  /// - Parameters:
  ///   - parent: the directory for the watchdog's folder.
  ///   - suffix: the end of the folder's name.
  init(in parent: String, as account: Account, timeout: Int, watching watched: Watched, suffix: String = "") {
    token = String((0..<16).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "a" })
    folder = Reader.path(of: ".ssh-recipes.\(token)\(suffix)", in: parent)
    self.account = account
    self.timeout = timeout
    self.watched = watched
  }
}

extension Watchdog {
  /// The paths reported as restored by a watchdog.
  package static func restored(_ output: Output) -> [String] {
    let lines = output.text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("restored ") }
    return Set(lines.map { String($0.dropFirst(9)) }).sorted()
  }
}

/// The paths that a watchdog can restore.
package struct Watched: Sendable, Hashable {
  /// Files of a directory.
  struct Folder: Sendable, Hashable {
    var path: String
    /// sh patterns without a slash.
    var names: [String]
  }

  /// Paths whose mode and owner are restored, parents first. Missing directories are created again.
  package var paths: [String] = []
  /// Files whose contents are restored too. New files are removed.
  var folders: [Folder] = []

  init(paths: [String] = [], folders: [Folder] = []) {
    self.paths = paths
    self.folders = folders
  }

  /// Watches only these files.
  ///
  /// - Parameter files: absolute paths.
  package init(files: [String]) {
    folders = files.map { path in
      let slash = path.lastIndex(of: "/") ?? path.startIndex
      let name = path[slash...].dropFirst().map { "*?[]\\ \t".contains($0) ? "?" : $0 }
      return Folder(path: slash == path.startIndex ? "/" : String(path[..<slash]), names: [String(name)])
    }
  }

  /// Watches the path of an act, which may be a file or a directory.
  init(_ path: String) {
    self.init(files: [path])
    paths = [path]
  }

  /// The watched paths, with patterns as they are.
  var names: [String] {
    let files = folders.flatMap { folder in folder.names.map { "\(folder.path)/\($0)" } }
    return Set(paths + files).sorted()
  }

  /// Whether a file is watched by its own name.
  func covers(_ path: String) -> Bool { Set(Watched(files: [path]).folders).isSubset(of: folders) }
}
