import Hosts

/// What the files were whose contents a run has changed, before it changed them for the first time.
struct OriginalStates: Sendable {
  private var replaced: [String: (act: RecordedAct.FileAct, account: Account)] = [:]
  /// What was there before the run did anything at all to a path.
  private var oldest: [String: BeforeImage] = [:]
  /// Paths that a run has emptied in between, so that another file may be there, with a mode of its own.
  private var removed: Set<String> = []

  /// - Parameter acts: of one host, newest first.
  init(of acts: [PastAct]) {
    for act in acts.map(\.recorded) {
      guard let file = act.file else { continue }
      oldest[file.path] = file.before
      if file.touchesContents { replaced[file.path] = (file, act.account) }
      if file.kind == .remove { removed.insert(file.path) }
    }
  }

  /// Whether a file is there, or not there, just as it was.
  func holds(_ state: FileState, at path: String) -> Bool {
    guard let (act, account) = replaced[path], !act.before.isDirectory, act.before.unkept == nil else { return false }
    let image = act.before
    guard image.exists else { return state.status == nil }
    guard let status = state.status, String(status.kind.rawValue) == image.kind else { return false }
    if status.kind == .link { return status.linkTarget == image.linkTarget }
    guard state.contents == image.bytes else { return false }
    guard removed.contains(path) else { return true }
    // A mode that the run set before it removed the file is yet to be undone, or is already.
    return [image, oldest[path]].contains { $0?.fits(status, withOwner: account == .root) == true }
  }
}

extension BeforeImage {
  fileprivate func fits(_ status: FileStatus, withOwner: Bool) -> Bool {
    status.mode == fileMode && (!withOwner || (status.userID == userID && status.groupID == groupID))
  }
}
