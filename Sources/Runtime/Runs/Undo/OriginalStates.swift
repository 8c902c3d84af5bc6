import Hosts

/// What the files were whose contents a run has changed, before it changed them for the first time.
struct OriginalStates: Sendable {
  private var records: [String: JournalRecord] = [:]
  /// What was there before the run did anything at all to a path.
  private var oldest: [String: JournalRecord.Image] = [:]
  /// Paths that a run has emptied in between, so that another file may be there, with a mode of its own.
  private var removed: Set<String> = []

  /// - Parameter changes: of one host, newest first.
  init(of changes: [PastRun.Change]) {
    for record in changes.map(\.record) {
      guard let path = record.path else { continue }
      oldest[path] = record.image
      if record.touchesContents { records[path] = record }
      if record.deed == .remove { removed.insert(path) }
    }
  }

  /// Whether a file is there, or not there, just as it was.
  func holds(_ state: FileState, at path: String) -> Bool {
    guard let record = records[path], let image = record.image, image.kind != "d", image.unkept == nil else {
      return false
    }
    guard image.exists else { return state.status == nil }
    guard let status = state.status, String(status.kind.rawValue) == image.kind else { return false }
    if status.kind == .link { return status.linkTarget == image.linkTarget }
    guard state.contents == image.bytes else { return false }
    guard removed.contains(path) else { return true }
    // A mode that the run set before it removed the file is yet to be taken back, or is already.
    return [image, oldest[path]].contains { $0?.fits(status, withOwner: record.account == "root") == true }
  }
}

extension JournalRecord.Image {
  fileprivate func fits(_ status: FileStatus, withOwner: Bool) -> Bool {
    status.mode == fileMode && (!withOwner || (status.userID == userID && status.groupID == groupID))
  }
}
