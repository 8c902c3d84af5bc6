import Hosts

/// The original state of each file whose contents a run has changed.
struct OriginalStates: Sendable {
  private var replaced: [String: (act: RecordedAct.FileAct, account: Account)] = [:]
  /// The state of each path before the run's first act there.
  private var oldest: [String: BeforeImage] = [:]
  /// Paths that the run has removed at some time; a new file there may have another mode.
  private var removed: Set<String> = []

  /// - Parameter acts: the acts on one host, newest first.
  init(of acts: [PastAct]) {
    for act in acts.map(\.recorded) {
      guard let file = act.file else { continue }
      oldest[file.path] = file.before
      if file.touchesContents { replaced[file.path] = (file, act.account) }
      if file.kind == .remove { removed.insert(file.path) }
    }
  }

  /// Whether the path is in its original state, including absence.
  func holds(_ state: FileState, at path: String) -> Bool {
    guard let (act, account) = replaced[path], !act.before.isDirectory, act.before.unkept == nil,
      act.before.keptAs == nil
    else { return false }
    let image = act.before
    guard image.exists else { return state.status == nil }
    guard let status = state.status, String(status.kind.rawValue) == image.kind else { return false }
    if status.kind == .link { return status.linkTarget == image.linkTarget }
    guard state.contents == image.bytes else { return false }
    guard removed.contains(path) else { return true }
    // The run may have changed the mode before the removal; undo of the mode is either still to come, or done.
    return [image, oldest[path]].contains { $0?.fits(status, withOwner: account == .root) == true }
  }
}

extension BeforeImage {
  fileprivate func fits(_ status: FileStatus, withOwner: Bool) -> Bool {
    status.mode == fileMode && (!withOwner || (status.userID == userID && status.groupID == groupID))
  }
}
