import Diagnosis
import Formats

extension Failure {
  /// The failure for an act that a ``Writer`` could not do.
  package init(_ error: WriteError) {
    switch error {
    case .changedMeanwhile(let path):
      let diagnosis = Diagnosis(.changedMeanwhile, ["path": path])
      self.init(.changed, diagnosis.explanation, cause: diagnosis.cause, fix: diagnosis.fix, paths: [path])
    case .isLink(let path):
      self.init(
        .link, "\(path) is a symbolic link, and is not replaced by a file", fix: ["name its target: ls -l \(path)"],
        paths: [path])
    case .failed(let act, let status, let stderr):
      let lines = FileSystemLine.split(stderr).lines
      self.init(
        .exit, "could not \(act.summary)", seen: lines, status: Int(status), stderr: lines.joined(separator: "\n"),
        paths: act.path.map { [$0] } ?? [])
      if let disk = act.path.flatMap({ Diagnosis(ofDisk: stderr, writing: $0) }) { explain(by: disk) }
    case .notAsWanted(let path, let wanted, let seen):
      self.init(
        .changed, "\(path) should be \(wanted) now, but is \(seen)", cause: .notAsWanted,
        explanation: Cause.notAsWanted.sentence, paths: [path])
    }
  }
}
