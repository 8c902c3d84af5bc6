import Hosts

/// A dead-man switch on a host: restores what was there unless it is told within its time that a login has worked. It
/// outlives the connection and us; as root with systemd also a reboot.
package struct Watchdog: Sendable, Hashable {
  /// Its own, where its account can write, and still there after a reboot.
  var folder: String
  /// Only who knows it can confirm, so that an older run's confirmation is not taken for this one's.
  let token: String
  let account: Account
  /// In seconds, from the change to the proof; begun anew when sshd is reloaded.
  package let timeout: Int
  let watched: Watched

  /// - Parameter parent: the directory that its folder is made in.
  init(in parent: String, as account: Account, timeout: Int, watching watched: Watched) {
    token = String((0..<16).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() ?? "a" })
    folder = "\(parent == "/" ? "" : parent)/.ssh-recipes.\(token)"
    self.account = account
    self.timeout = timeout
    self.watched = watched
  }
}

extension Watchdog {
  /// The paths of which a watchdog tells that it has restored them.
  package static func restored(_ output: Output) -> [String] {
    let lines = output.text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("restored ") }
    return Set(lines.map { String($0.dropFirst(9)) }).sorted()
  }
}

/// What a watchdog keeps a copy of.
package struct Watched: Sendable, Hashable {
  /// Files of one directory.
  struct Folder: Sendable, Hashable {
    var path: String
    /// Patterns of sh, without a slash.
    var names: [String]
  }

  /// Paths whose mode and owner count, those above first. A directory among them that is gone is made again.
  package var paths: [String] = []
  /// Files whose contents count as well; those that are new are removed.
  var folders: [Folder] = []

  init(paths: [String] = [], folders: [Folder] = []) {
    self.paths = paths
    self.folders = folders
  }

  /// These files and no others.
  ///
  /// - Parameter files: absolute.
  package init(files: [String]) {
    folders = files.map { path in
      let slash = path.lastIndex(of: "/") ?? path.startIndex
      let name = path[slash...].dropFirst().map { "*?[]\\ \t".contains($0) ? "?" : $0 }
      return Folder(path: slash == path.startIndex ? "/" : String(path[..<slash]), names: [String(name)])
    }
  }

  /// What one act is about, of which nobody knows whether it is a file or a directory.
  init(_ path: String) {
    self.init(files: [path])
    paths = [path]
  }

  /// Whether a file is watched by its own name.
  func covers(_ path: String) -> Bool { Set(Watched(files: [path]).folders).isSubset(of: folders) }
}
