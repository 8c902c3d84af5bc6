import Diagnosis
import Hosts
import Recipes

extension Runner {
  /// Runs the recipe for a job, and again after temporary failures.
  ///
  /// - Parameter total: the number of the command's jobs.
  func carryOut(_ job: Job, _ crew: Crew, of total: Int) async -> EndedJob {
    var ended = EndedJob(job: job, runs: [], passed: [])
    let clock = ContinuousClock()
    let begin = clock.now
    while true {
      let attempt = ended.passed.count + 1
      let start = clock.now
      func tell(_ state: RunEvent.State) {
        sink.receive(
          .run(
            RunEvent(
              id: crew.id(of: job, attempt: attempt, of: total), hosts: job.hosts, branch: job.branch, attempt: attempt,
              attempts: options.schedule.retries + 1, state: state, duration: clock.now - start)))
      }
      tell(.began)
      let run: Run
      do { run = try makeRun(job, crew, attempt: attempt, of: total) } catch {
        ended.failure = Failure(.memory, "the recipe's Lua could not be started: \(error)")
        tell(.ended(ended.failure))
        return ended
      }
      crew.atWork.add(run)
      ended.runs.append(run)
      let failure = await run.carryOut(
        crew.header, settings: run.assignment.settings ?? crew.settings, within: options.schedule.hostTimeout)
      ended.failure = failure
      guard let failure, mayRepeat(run, after: failure, attempt, since: begin), !Task.isCancelled else {
        if !options.isAllOrNothing { await run.close(as: RecordedOutcome(failure)) }
        tell(.ended(failure))
        return ended
      }
      await run.close(as: RecordedOutcome(failure))
      ended.passed.append(failure)
      let pause = Schedule.pause(before: attempt + 1)
      tell(.again(failure, after: pause))
      try? await Task.sleep(for: pause)
    }
  }

  private func mayRepeat(_ run: Run, after failure: Failure, _ attempt: Int, since begin: ContinuousClock.Instant)
    -> Bool
  {
    // With `--all-or-nothing`, the undo needs the open connection of each run with changes.
    if options.isAllOrNothing, run.journal?.isEmpty == false { return false }
    // The engine has begun the same shard once more: the first attempt is waited for, and then there is little to do.
    if failure.kind == .busy, run.state.read(\.isOwnShardAtWork) {
      return begin.duration(to: .now) < Schedule.patienceWithOwnShard
    }
    return attempt <= options.schedule.retries && failure.mayPass
  }

  private func makeRun(_ job: Job, _ crew: Crew, attempt: Int, of total: Int) throws -> Run {
    let id = crew.id(of: job, attempt: attempt, of: total)
    return try Run(
      id: id, recipe: recipe, assignment: job.assignment, setup: setup, computer: crew.computer, numbers: crew.numbers,
      journal: setup.journal(id, recipe: recipe.name, hosts: job.assignment.targets), branch: job.branch)
  }

  /// With `--all-or-nothing`: closes the runs if all succeeded, undoes them otherwise.
  func finish(
    _ ended: [EndedJob], _ computer: ThisComputer
  ) async -> (summary: UndoSummary, failures: [Failure])? {
    let last = ended.compactMap { end in end.runs.last.map { (run: $0, failure: end.failure) } }
    if !options.isPlan, ended.contains(where: { $0.failure != nil }) { return await undo(last, computer) }
    await withTaskGroup(of: Void.self) { group in
      for (run, failure) in last { group.addTask { await run.close(as: RecordedOutcome(failure)) } }
    }
    return nil
  }
}
