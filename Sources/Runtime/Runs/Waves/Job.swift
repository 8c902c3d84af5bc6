import Diagnosis
import Hosts
import Recipes

/// The work of a command on one host or, for a recipe with several roles, on all hosts of one run.
struct Job: Sendable {
  /// The place on the command line, from 1.
  var place: Int
  var assignment: RoleAssignment
  var branch: Int

  var hosts: [String] { assignment.targets.map(\.description) }
}

/// A job after the last attempt, with all attempts.
struct EndedJob: Sendable {
  var job: Job
  /// The last attempt is in effect, and all may have changed something.
  var runs: [Run]
  /// The failures of earlier attempts.
  var passed: [Failure]
  var failure: Failure?

  /// Whether the job succeeded in vain: with `--all-or-nothing`, another host's failure has its changes undone.
  func isUndone(by undo: UndoSummary?) -> Bool {
    job.hosts.contains { (undo?.byHost[$0] ?? 0) > 0 }
  }
}
