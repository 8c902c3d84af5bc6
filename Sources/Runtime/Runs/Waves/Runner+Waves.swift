import Diagnosis
import Hosts
import Recipes

extension Runner {
  func makeJobs(_ assignments: [RoleAssignment], _ numbers: Numbers) -> [Job] {
    assignments.enumerated().map { index, assignment in
      var branch = 0
      if assignments.count > 1 {
        branch = numbers.branch()
        sink.receive(.branch(branch, of: 0, label: assignment.targets.first?.description))
      }
      return Job(place: index + 1, assignment: assignment, branch: branch)
    }
  }

  /// Works on wave after wave.
  ///
  /// - Returns: the jobs that were begun, in the order of the command line.
  func carryOut(_ jobs: [Job], _ crew: Crew) async -> [EndedJob] {
    var ended: [EndedJob] = []
    var rest = jobs[...]
    let sizes = options.schedule.waves(of: jobs.count)
    for (index, size) in sizes.enumerated() {
      let wave = rest.prefix(size)
      rest = rest.dropFirst(size)
      if sizes.count > 1 { sink.receive(.wave(index + 1, of: sizes.count, hosts: wave.flatMap(\.hosts))) }
      let results = await carryOut(wave: wave, crew, total: jobs.count, failed: ended.count { $0.failure != nil })
      ended += results
      // After a wave without a success, the next would fail as well.
      let hasFailed = results.allSatisfy { $0.failure != nil }
      if hasFailed || Task.isCancelled || isEnough(ended.count { $0.failure != nil }, of: jobs.count) { break }
    }
    return ended
  }

  private func carryOut(wave: ArraySlice<Job>, _ crew: Crew, total: Int, failed: Int) async -> [EndedJob] {
    await withTaskGroup(of: EndedJob.self) { group in
      var waiting = wave
      var ended: [EndedJob] = []
      var failed = failed
      func beginNext() {
        guard let job = waiting.popFirst() else { return }
        group.addTask { await carryOut(job, crew, of: total) }
      }
      for _ in 0..<min(max(1, options.forks), wave.count) { beginNext() }
      for await end in group {
        ended.append(end)
        if end.failure != nil { failed += 1 }
        if Task.isCancelled || isEnough(failed, of: total) { waiting = [] }
        beginNext()
      }
      return ended.sorted { $0.job.place < $1.job.place }
    }
  }

  /// Whether the number of failed hosts is too large for another job.
  private func isEnough(_ failed: Int, of total: Int) -> Bool {
    // With `--all-or-nothing`, a run that would be undone anyway does not begin.
    if options.isAllOrNothing { return failed > 0 }
    return options.schedule.mostFailed(of: total).map { failed > $0 } ?? false
  }

  /// The hosts of all jobs but the given ended jobs.
  func hosts(of jobs: [Job], without ended: [EndedJob]) -> [String] {
    let places = Set(ended.map(\.job.place))
    return jobs.filter { !places.contains($0.place) }.flatMap(\.hosts)
  }
}
