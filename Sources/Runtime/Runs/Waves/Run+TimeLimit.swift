import Diagnosis
import Recipes

extension Run {
  /// Runs the recipe to the end, and stops the run in order once the time for a host is over.
  ///
  /// - Returns: the failure; `nil` for success.
  func carryOut(
    _ header: RecipeHeader, settings: RecipeSettings, within limit: Duration?
  ) async -> Failure? {
    guard let limit else { return await carryOut(header, settings: settings) }
    return await withTaskGroup(of: End.self) { group in
      group.addTask { .ended(await self.carryOut(header, settings: settings)) }
      group.addTask { (try? await Task.sleep(for: limit)) == nil ? .stopped : .late }
      var isLate = false
      for await end in group {
        switch end {
        case .late: isLate = true
        case .stopped: continue
        case .ended(let failure):
          group.cancelAll()
          return isLate ? failure.map { Self.late($0, after: limit) } : failure
        }
        group.cancelAll()
      }
      return nil
    }
  }

  /// The end of the recipe, of the time, or of the clock.
  private enum End: Sendable {
    case ended(Failure?)
    case late
    case stopped
  }

  private static func late(_ failure: Failure, after limit: Duration) -> Failure {
    let text = "the time for a host (\(limit.components.seconds) seconds) is over"
    guard failure.kinds.allSatisfy({ $0 == .cancelled }) else {
      var failure = failure
      failure.seen.append(text)
      return failure
    }
    var late = Failure(.timeout, "\(text), so the run was stopped after its current step")
    (late.host, late.step, late.position) = (failure.host, failure.step, failure.position)
    (late.primitive, late.action) = (failure.primitive, failure.action)
    late.fix = ["give hosts more time with --host-timeout"]
    return late
  }
}
