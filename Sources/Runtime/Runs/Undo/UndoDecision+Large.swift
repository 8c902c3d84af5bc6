import Formats
import Hosts
import Scripts
import Values

extension UndoDecision {
  /// The decision about a file too large to be read: by its checksum.
  static func ofLarge(
    _ file: RecordedAct.FileAct, _ state: FileState, _ account: Account, _ reader: Reader
  ) async throws -> UndoDecision {
    let (path, image) = (file.path, file.before)
    if let why = image.unkept { return .kept("what \(path) held was not kept: \(why)") }
    let now: String
    if let contents = state.contents {
      now = Checksum.text(of: contents)
    } else {
      guard let sum = try await FileMeasure.of(path, sums: ["cksum"], reader, as: account).sum else {
        return .kept("\(path) cannot be read")
      }
      now = sum
    }
    let mode = image.fileMode ?? FileMode(bits: 0o600)
    let acts: [Act]
    if !image.exists {
      acts = [Act(.remove(path: path), as: account)]
    } else if image.keptAs != nil {
      acts = bringBack(image, path, account)
    } else {
      let before = image.bytes
      if Checksum.text(of: before) == now { return .isAsBefore }
      let sum =
        switch now.prefix(2) {
        case "sh": "sha256 \(SHA256.hexadecimal(before))"
        case "si": "size \(before.count)"
        default: Checksum.text(of: before)
        }
      let source = FileSource(.bytes(before), size: before.count, checksum: sum)
      acts = [Act(.placeFile(PlacedFile(path: path, source: source, mode: mode, expecting: now)), as: account)]
    }
    return now == file.after ? .restore(acts) : .differs("\(path) was changed since", insisted: acts)
  }

  /// Gives a file kept on the host the old name.
  static func bringBack(_ image: BeforeImage, _ path: String, _ account: Account) -> [Act] {
    guard let kept = image.keptAs else { return [] }
    let script = Script("bring back \(path)", ShellScripts.bringFileBack, [kept, path])
    return [Act(.command(script, creates: [], summary: script.name), as: account, leavesNothing: true)]
  }
}
