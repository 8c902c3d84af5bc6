/// What the files were whose contents a run has changed, before it changed them for the first time.
struct FirstImages: Sendable {
  private var images: [String: JournalRecord.Image] = [:]

  /// - Parameter changes: of one host, newest first.
  init(of changes: [PastRun.Change]) {
    for record in changes.map(\.record) where record.deed == .replaceFile || record.deed == .remove {
      if let path = record.path { images[path] = record.image }
    }
  }

  /// Whether a file is there, or not there, just as it was.
  func holds(_ state: FileState, at path: String) -> Bool {
    guard let image = images[path], image.kind != "d" else { return false }
    guard image.exists else { return state.status == nil }
    return state.status != nil && state.contents == image.bytes
  }
}
