import Synchronization

/// A plan's changes so far on one host, in memory only. Reads look here first, so that later steps of a plan see the
/// effects of earlier ones. Empty in a real run.
package final class Overlay: Sendable {
  package struct Entry: Sendable {
    /// `nil` for a removed file.
    package var status: FileStatus?
    /// `nil` for contents that only a real run can tell.
    package var contents: [UInt8]?
    package var attributes: FileAttributes
    package init(status: FileStatus?, contents: [UInt8]?, attributes: FileAttributes = FileAttributes()) {
      self.status = status
      self.contents = contents
      self.attributes = attributes
    }
  }

  private let entries = Mutex<[String: Entry]>([:])
  private let opaque = Mutex<Set<String>>([])
  private let commands = Mutex(false)

  package init() {}

  package subscript(path: String) -> Entry? {
    get { entries.withLock { $0[path] } }
    set { entries.withLock { $0[path] = newValue } }
  }

  /// Marks a path created by a recipe's own command: only the author knows whether as a file or as a directory.
  package func addOpaque(_ path: String) { opaque.withLock { _ = $0.insert(path) } }

  /// Whether a command of a recipe was planned: only a real run can show the changes of the command.
  package var hasCommands: Bool {
    get { commands.withLock { $0 } }
    set { commands.withLock { $0 = newValue } }
  }

  /// Whether only a real run can show the state of this path.
  func isOpaque(_ path: String) -> Bool {
    opaque.withLock { paths in paths.contains { path.hasPrefix($0 == "/" ? $0 : $0 + "/") } }
  }

  package var isEmpty: Bool { entries.withLock(\.isEmpty) }
}
