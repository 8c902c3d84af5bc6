import SystemPackage

/// The journal cannot be written. No change may be made then, since no undo would be possible.
package struct JournalError: Error, Hashable, CustomStringConvertible {
  /// The folder or file that could not be made or written.
  let path: String
  let why: Errno

  package var description: String {
    "what a run changes cannot be written down in \(path): \(why.sentence); XDG_STATE_HOME names another place"
  }
}

extension Errno {
  /// The system's words in lower case, as a part of a sentence.
  fileprivate var sentence: String {
    let text = description
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}
