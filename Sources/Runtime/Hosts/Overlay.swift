import Synchronization

/// What a plan has changed so far on one host, in memory only. Reads look here first, so that a plan goes on past steps
/// that depend on earlier ones. Empty in a real run.
public final class Overlay: Sendable {
  public struct Entry: Sendable {
    /// `nil`: removed.
    public var status: FileStatus?
    /// `nil`: not known, because only a run will tell.
    public var contents: [UInt8]?
    public var attributes: FileAttributes
    public init(status: FileStatus?, contents: [UInt8]?, attributes: FileAttributes = FileAttributes()) {
      self.status = status
      self.contents = contents
      self.attributes = attributes
    }
  }

  private let entries = Mutex<[String: Entry]>([:])

  public init() {}

  public subscript(path: String) -> Entry? {
    get { entries.withLock { $0[path] } }
    set { entries.withLock { $0[path] = newValue } }
  }

  public var isEmpty: Bool { entries.withLock(\.isEmpty) }
}
