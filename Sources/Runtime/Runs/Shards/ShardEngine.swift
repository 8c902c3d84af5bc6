/// The variables with the share of a task, as set by an engine.
struct ShardEngine: Sendable {
  var name: String
  var index: String
  var count: String
  /// The index of the first task; the variable `first` counts more.
  var base = 0
  /// Variables of an array whose numbers begin anywhere and leave gaps.
  var first: String?
  var last: String?
  var step: String?
  /// Values of `index` of tasks that belong to no array.
  var none: Set<String> = []
  var hint: String?

  /// - Returns: `nil` without a variable of the engine.
  /// - Throws: ``ShardError``.
  func shard(in environment: [String: String]) throws(ShardError) -> Shard? {
    let isTotalShared = count == ShardVariables.total
    guard let indexText = environment[index], !none.contains(indexText) else {
      guard !isTotalShared, let count = environment[count], !none.contains(count) else { return nil }
      throw .incomplete(engine: name, present: "\(self.count)=\(count)", missing: index, hint: hint)
    }
    let index = try number(self.index, indexText)
    var base = base
    if let first { base = try environment[first].map { value throws(ShardError) in try number(first, value) } ?? base }
    var step = 1
    if let name = self.step, let value = environment[name], !none.contains(value) { step = try number(name, value) }
    guard step > 0 else { throw .wrong(engine: name, why: "the step is \(step)") }
    let count: Int
    if let text = environment[self.count] {
      count = try number(self.count, text)
    } else {
      throw .incomplete(engine: name, present: "\(self.index)=\(indexText)", missing: self.count, hint: hint)
    }
    // SGE tells the last number in place of the count.
    let total = self.count == last ? (count - base) / step + 1 : count
    if let last, self.count != last, let text = environment[last] {
      let end = try number(last, text)
      guard (end - base) / step + 1 == total, (end - base).isMultiple(of: step) else {
        throw .wrong(engine: name, why: "the array is no range: from \(base) to \(end) by \(step), and \(total) tasks")
      }
    }
    guard (index - base).isMultiple(of: step), let shard = Shard((index - base) / step + 1, of: total) else {
      throw .wrong(engine: name, why: "\(self.index) is \(index), and there are \(total) tasks from \(base)")
    }
    return shard
  }

  private func number(_ variable: String, _ text: String) throws(ShardError) -> Int {
    guard let number = Int(text) else {
      throw .wrong(engine: name, why: "\(variable) is \"\(text)\", and not a number")
    }
    return number
  }
}

extension ShardEngine {
  static let all = [
    ShardEngine(
      name: "a Slurm array", index: "SLURM_ARRAY_TASK_ID", count: "SLURM_ARRAY_TASK_COUNT",
      first: "SLURM_ARRAY_TASK_MIN", last: "SLURM_ARRAY_TASK_MAX", step: "SLURM_ARRAY_TASK_STEP"),
    ShardEngine(
      name: "a Kubernetes Job", index: "JOB_COMPLETION_INDEX", count: ShardVariables.total,
      hint: "set it to the Job's `completions`"),
    ShardEngine(
      name: "Nomad", index: "NOMAD_ALLOC_INDEX", count: ShardVariables.total, hint: "set it to the group's `count`"),
    ShardEngine(name: "AWS Batch", index: "AWS_BATCH_JOB_ARRAY_INDEX", count: "AWS_BATCH_JOB_ARRAY_SIZE"),
    ShardEngine(name: "Cloud Run", index: "CLOUD_RUN_TASK_INDEX", count: "CLOUD_RUN_TASK_COUNT"),
    ShardEngine(name: "Google Batch", index: "BATCH_TASK_INDEX", count: "BATCH_TASK_COUNT"),
    ShardEngine(
      name: "Grid Engine", index: "SGE_TASK_ID", count: "SGE_TASK_LAST", base: 1, first: "SGE_TASK_FIRST",
      last: "SGE_TASK_LAST", step: "SGE_TASK_STEPSIZE", none: ["undefined"]),
    ShardEngine(
      name: "GitLab CI", index: "CI_NODE_INDEX", count: "CI_NODE_TOTAL", base: 1,
      hint: "the job has no `parallel:`, so it is alone; run it without --shard"),
    ShardEngine(name: "CircleCI", index: "CIRCLE_NODE_INDEX", count: "CIRCLE_NODE_TOTAL"),
    ShardEngine(name: "Buildkite", index: "BUILDKITE_PARALLEL_JOB", count: "BUILDKITE_PARALLEL_JOB_COUNT"),
    ShardEngine(name: "Bitbucket Pipelines", index: "BITBUCKET_PARALLEL_STEP", count: "BITBUCKET_PARALLEL_STEP_COUNT"),
    ShardEngine(name: "Semaphore", index: "SEMAPHORE_JOB_INDEX", count: "SEMAPHORE_JOB_COUNT", base: 1),
  ]
}
