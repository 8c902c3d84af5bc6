/// A time limit for work.
package enum Deadline {
  /// - Parameter end: `nil` for no limit.
  /// - Returns: `nil` if the time is over first; the work is cancelled then.
  package static func value<Value: Sendable>(
    before end: ContinuousClock.Instant?, _ work: @escaping @Sendable () async throws -> Value
  ) async throws -> Value? {
    guard let end else { return try await work() }
    return try await withThrowingTaskGroup(of: Value?.self) { group in
      group.addTask { try await work() }
      group.addTask {
        try await Task.sleep(until: end, clock: .continuous)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }
}
