import Hosts

extension UndoDecision {
  /// The same, with an access control list and extended attributes that are gone: a file that was removed has none when
  /// it is made again, and some changes of an owner or a mode take them away.
  ///
  /// - Parameter isThere: whether the file is there now.
  func restoring(
    _ lost: FileAttributes, of file: RecordedAct.FileAct, as account: Account, isThere: Bool
  ) -> UndoDecision {
    guard !lost.isEmpty else { return self }
    let act = Act(.setAttributes(path: file.path, lost), as: account)
    return switch self {
    case .restore(let acts): .restore(acts + [act])
    case .isAsBefore where isThere && file.touchesContents: .restore([act])
    case .differs(let what, let acts) where !acts.isEmpty: .differs(what, insisted: acts + [act])
    case .isAsBefore, .differs, .kept: self
    }
  }
}
