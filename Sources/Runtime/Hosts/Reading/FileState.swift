/// The state of a file at one moment.
public struct FileState: Sendable, Hashable {
  /// `nil` for an absent file, and for a file hidden from the account (``Unseen/hidden(why:)``).
  public var status: FileStatus?
  /// The contents of a regular file up to the read limit; `nil` for other kinds, and where ``unseen`` says why.
  public var contents: [UInt8]?
  package var attributes: FileAttributes
  /// The part of the file that could not be read, and why; `nil` if everything was read.
  package var unseen: Unseen?

  /// Why a file, or its contents, could not be read. Not the same as an absent file.
  package enum Unseen: Sendable, Hashable {
    /// Neither status nor contents: the account may not search a directory above, or the disk does not answer. `why`
    /// is the message of `ls`.
    case hidden(why: String)
    /// The contents are larger than the read limit.
    case large
    /// The account may not read the contents.
    case denied
  }

  package init(
    status: FileStatus?, contents: [UInt8]? = nil, attributes: FileAttributes = FileAttributes(), unseen: Unseen? = nil
  ) {
    self.status = status
    self.contents = contents
    self.attributes = attributes
    self.unseen = unseen
  }
}
