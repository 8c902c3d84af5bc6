import Testing

@testable import Runs

@Suite struct ShardVariablesTests {
  /// `A=1 B=2`.
  private static func environment(_ text: String) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: text.split(separator: " ").map { word in
        let parts = word.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
        return (parts[0], parts[1])
      })
  }

  @Test(arguments: [
    ("SSH_RECIPES_SHARD=2/3 SLURM_ARRAY_TASK_ID=9", "2/3"),
    ("SLURM_ARRAY_TASK_ID=1 SLURM_ARRAY_TASK_COUNT=4 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=4", "1/4"),
    (
      "SLURM_ARRAY_TASK_ID=14 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=10 SLURM_ARRAY_TASK_MAX=14 "
        + "SLURM_ARRAY_TASK_STEP=2", "3/3"
    ),
    ("JOB_COMPLETION_INDEX=0 SSH_RECIPES_SHARDS=5", "1/5"), ("NOMAD_ALLOC_INDEX=4 SSH_RECIPES_SHARDS=5", "5/5"),
    ("AWS_BATCH_JOB_ARRAY_INDEX=1 AWS_BATCH_JOB_ARRAY_SIZE=2", "2/2"),
    ("CLOUD_RUN_TASK_INDEX=0 CLOUD_RUN_TASK_COUNT=1", "1/1"), ("BATCH_TASK_INDEX=3 BATCH_TASK_COUNT=4", "4/4"),
    ("SGE_TASK_ID=5 SGE_TASK_FIRST=1 SGE_TASK_LAST=7 SGE_TASK_STEPSIZE=2", "3/4"),
    ("CI_NODE_INDEX=1 CI_NODE_TOTAL=4", "1/4"), ("CIRCLE_NODE_INDEX=1 CIRCLE_NODE_TOTAL=4", "2/4"),
    ("BUILDKITE_PARALLEL_JOB=0 BUILDKITE_PARALLEL_JOB_COUNT=2", "1/2"),
    ("BITBUCKET_PARALLEL_STEP=1 BITBUCKET_PARALLEL_STEP_COUNT=2", "2/2"),
    ("SEMAPHORE_JOB_INDEX=2 SEMAPHORE_JOB_COUNT=2", "2/2"),
    ("CI_NODE_TOTAL=1 CLOUD_RUN_TASK_INDEX=0 CLOUD_RUN_TASK_COUNT=2", "1/2"),
    ("CI_NODE_INDEX=1 CI_NODE_TOTAL=4 CIRCLE_NODE_INDEX=0 CIRCLE_NODE_TOTAL=4", "1/4"),
  ])
  func `each engine's variables tell the shard`(variables: String, shard: String) throws {
    #expect(try ShardVariables.shard(in: Self.environment(variables)).description == shard)
  }

  @Test(arguments: [
    (
      "PATH=/bin SGE_TASK_ID=undefined SGE_TASK_LAST=undefined",
      "no variable of SSH_RECIPES_SHARD, a Slurm array, a Kubernetes Job, Nomad, AWS Batch, Cloud Run, Google Batch, "
        + "Grid Engine, GitLab CI, CircleCI, Buildkite, Bitbucket Pipelines, Semaphore is set; expected one, or "
        + "--shard I/N"
    ),
    (
      "SSH_RECIPES_SHARD=4/3",
      "the variables of SSH_RECIPES_SHARD make no sense: expected I/N with I from 1 to N, got \"4/3\""
    ),
    (
      "JOB_COMPLETION_INDEX=0",
      "a Kubernetes Job has set JOB_COMPLETION_INDEX=0, and SSH_RECIPES_SHARDS is missing; set it to the Job's "
        + "`completions`"
    ),
    (
      "CI_NODE_TOTAL=1",
      "GitLab CI has set CI_NODE_TOTAL=1, and CI_NODE_INDEX is missing; the job has no `parallel:`, so it is alone; run "
        + "it without --shard"
    ),
    (
      "SLURM_ARRAY_TASK_ID=3 SLURM_ARRAY_TASK_COUNT=3 SLURM_ARRAY_TASK_MIN=1 SLURM_ARRAY_TASK_MAX=7",
      "the variables of a Slurm array make no sense: the array is no range: from 1 to 7 by 1, and 3 tasks"
    ),
    (
      "CLOUD_RUN_TASK_INDEX=2 CLOUD_RUN_TASK_COUNT=2",
      "the variables of Cloud Run make no sense: CLOUD_RUN_TASK_INDEX is 2, and there are 2 tasks from 0"
    ),
    (
      "CIRCLE_NODE_INDEX=one CIRCLE_NODE_TOTAL=2",
      "the variables of CircleCI make no sense: CIRCLE_NODE_INDEX is \"one\", and not a number"
    ),
    (
      "CI_NODE_INDEX=1 CI_NODE_TOTAL=4 CIRCLE_NODE_INDEX=1 CIRCLE_NODE_TOTAL=4",
      "GitLab CI (1/4) and CircleCI (2/4) tell different shards; choose with --shard I/N"
    ),
  ])
  func `what is missing or contradicts is an error, and never all hosts`(variables: String, message: String) {
    let error = #expect(throws: ShardError.self) { try ShardVariables.shard(in: Self.environment(variables)) }
    #expect(error.map { "\($0)" } == "--shard auto: " + message)
  }
}
