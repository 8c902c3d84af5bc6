#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

enum FileSystem {
  static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }
  static func isAlive(_ process: Int32) -> Bool { kill(process, 0) == 0 }
}

/// Looks every 10 ms until `condition` holds, at most `limit`.
func becomesTrue(
  within limit: Duration = .seconds(30), _ condition: () async throws -> Bool
) async rethrows -> Bool {
  let end = ContinuousClock.now + limit
  while ContinuousClock.now < end {
    if try await condition() { return true }
    try? await Task.sleep(for: .milliseconds(10))
  }
  return try await condition()
}
