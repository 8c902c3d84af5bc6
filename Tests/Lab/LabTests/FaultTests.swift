import Testing

@Suite("faults", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct FaultTests {
  /// A few of `make faults`, the same each time.
  @Test func `a run that is cut locks nobody out, leaves nothing half done, and can be taken back`() async throws {
    let campaign = try await Lab.command(Lab.root + "/Tests/Lab/faults/run", ["--sample", "12", "--jobs", "4"])
    #expect(campaign.status == 0, "\(campaign)")
  }
}
