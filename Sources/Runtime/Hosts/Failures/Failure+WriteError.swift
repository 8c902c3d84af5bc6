import Diagnosis
import Formats

extension Failure {
  /// The failure for an act that a ``Writer`` could not do.
  package init(_ error: WriteError) {
    switch error {
    case .changedMeanwhile(let path):
      self.init(
        .changed, "\(path) is not as it was a moment ago; somebody else works on it", cause: "changed-meanwhile",
        fix: ["run the recipe again"], paths: [path])
    case .failed(let act, let status, let stderr):
      let lines = FileSystemLine.split(stderr).lines
      self.init(
        .exit, "could not \(act.summary)", seen: lines, status: Int(status), stderr: lines.joined(separator: "\n"),
        paths: act.path.map { [$0] } ?? [])
      if let disk = act.path.flatMap({ Diagnosis(ofDisk: stderr, writing: $0) }) { explain(by: disk) }
    case .notAsWanted(let path, let wanted, let seen):
      self.init(
        .changed, "\(path) should be \(wanted) now, but is \(seen)", cause: "not-as-wanted",
        explanation:
          "the command reported success and did not do it; an access control list or the file system decides here",
        paths: [path])
    }
  }
}
