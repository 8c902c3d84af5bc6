import SystemPackage
import Testing

@testable import Recipes
@testable import Runs
@testable import ssh_recipes

@Suite struct RunSessionTests {
  private static let cancelled = ["Cancelled: nothing was changed."]
  private static let journal = JournalError(path: "/srv/runs", why: .noSpace)

  @Test func `a cancelled command tells its cancellation`() {
    let errors: [any Error] = [
      CancellationError(), RecipeError(file: "mine.lua", .neverDeclared), SettingProblems(),
    ]
    let failures = errors.map { RunSession.failure(from: $0, isCancelled: true) }
    #expect(failures.map(\.lines) == errors.map { _ in Self.cancelled })
    #expect(failures.map(\.status) == errors.map { _ in .cancelled })
  }

  /// `true` and `false`, since a fault of its own may meet a cancelled command.
  @Test(arguments: [true, false])
  func `another fault is told as it is`(isCancelled: Bool) {
    let failure = RunSession.failure(from: Self.journal, isCancelled: isCancelled)
    #expect(failure.lines == ["error: \(Self.journal)"])
    #expect(failure.status == .failed)
  }
}
