import Hosts

extension UndoDecision {
  /// Adds the access control list and the extended attributes that are gone: a file made anew has none, and some
  /// changes of an owner or a mode remove them.
  ///
  /// - Parameter isThere: whether the file exists now.
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
