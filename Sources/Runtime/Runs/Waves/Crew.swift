import Recipes

/// The parts shared by all jobs of a command.
struct Crew: Sendable {
  let header: RecipeHeader
  let settings: RecipeSettings
  let computer: ThisComputer
  let atWork: RunsAtWork
  /// The command's ID.
  let stamp: String
  let numbers = Numbers()

  /// The ID of a job's attempt: the command's ID and, unless the command has a single attempt, a number. Further attempts
  /// go on counting, for separate journals.
  func id(of job: Job, attempt: Int, of total: Int) -> String {
    total == 1 && attempt == 1 ? stamp : "\(stamp)-\(job.place + (attempt - 1) * total)"
  }
}
