import Recipes

/// An error of a command itself, before any host is contacted: its lines on standard error, and the exit status.
struct CommandFailure: Error {
  var lines: [String]
  var status: ExitStatus

  init(lines: [String], status: ExitStatus = .usage) {
    self.lines = lines
    self.status = status
  }

  /// - Parameter message: a sentence in lower case, printed after `error: `; further lines are printed unchanged.
  init(_ message: String, status: ExitStatus = .usage) {
    var lines = message.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map(\.visible)
    lines[0] = "error: " + lines[0]
    self.init(lines: lines, status: status)
  }

  /// The mistakes that a recipe's source shows.
  init(_ findings: [RecipeLint.Finding]) {
    let lines = findings.flatMap { finding in
      Self("\(finding)").lines + (finding.primitive.map { ["  fix     ssh-recipes primitives \($0)"] } ?? [])
    }
    self.init(lines: lines)
  }

  init(_ error: any CustomStringConvertible, status: ExitStatus = .usage) {
    self.init(error.description, status: status)
  }
}
