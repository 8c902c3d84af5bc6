import Diagnosis
import Formats

extension Failure {
  /// The failure for an act that a ``Writer`` could not do.
  package init(_ error: WriteError) {
    switch error {
    case .changedMeanwhile(let path):
      let diagnosis = Diagnosis(.changedMeanwhile, ["path": path])
      self.init(.changed, diagnosis.explanation, cause: diagnosis.cause, fix: diagnosis.fix, paths: [path])
    case .failed(let act, ActStatus.notSafe, let stderr):
      self.init(
        .denied, "could not \(act.summary) as root",
        explanation: "another account could lead root to a file elsewhere while it acts there",
        seen: FileSystemLine.split(stderr).lines,
        fix: [
          "do it as the account that owns the directory, without root",
          "or give the directory and those above it to root alone: see ls -ld for each of them",
        ], status: Int(ActStatus.notSafe), paths: act.path.map { [$0] } ?? [])
    case .isLink(let path):
      self.init(
        .link, "\(path) is a symbolic link, and is not replaced by a file", fix: ["name its target: ls -l \(path)"],
        paths: [path])
    case .failed(let act, let status, let stderr):
      let lines = FileSystemLine.split(stderr).lines
      self.init(
        .exit, "could not \(act.summary)", seen: lines, status: Int(status), stderr: lines.joined(separator: "\n"),
        paths: act.path.map { [$0] } ?? [])
      guard let path = act.path else { break }
      let protection = Diagnosis(ofProtection: lines, writing: path, in: Reader.parent(of: path))
      if let diagnosis = Diagnosis(ofDisk: stderr, writing: path) ?? protection { explain(by: diagnosis) }
    case .notReceived(let path, let why):
      self.init(
        .lost, "the new contents of \(path) did not arrive whole", explanation: "\(why), so nothing was changed",
        fix: ["run it again"], paths: [path])
    case .notAsWanted(let path, let wanted, let seen):
      self.init(
        .changed, "\(path) should be \(wanted) now, but is \(seen)", cause: .notAsWanted,
        explanation: Cause.notAsWanted.sentence, paths: [path])
    }
  }
}
