import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Counts the agent's keys. Asked once per process: another key added later makes no difference.
actor AgentSurvey {
  static let shared = AgentSurvey()
  private var counting: Task<Int, Never>?

  func count() async -> Int {
    if let counting { return await counting.value }
    let task = Task {
      guard getenv("SSH_AUTH_SOCK") != nil else { return 0 }
      var options = PlatformOptions()
      options.createSession = true
      let result = try? await Subprocess.run(
        .name("ssh-add"), arguments: ["-l"], platformOptions: options, output: .string(limit: 1 << 20))
      guard let result, result.terminationStatus.isSuccess else { return 0 }
      return result.standardOutput.split(whereSeparator: \.isNewline).count
    }
    counting = task
    return await task.value
  }
}
