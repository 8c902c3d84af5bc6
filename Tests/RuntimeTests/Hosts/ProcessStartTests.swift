import Testing

@testable import Hosts

@Suite struct ProcessStartTests {
  @Test func `a start is admitted while there are descriptors for its pipes`() async throws {
    let start = try await ProcessStart.admit(limit: ProcessStart.inUse() + 2000, patience: 1)
    start.end()
  }

  @Test func `without descriptors a start fails with the limit`() async throws {
    await #expect(throws: NoDescriptors(limit: 3)) { try await ProcessStart.admit(limit: 3, patience: 2) }
  }

  @Test func `as many threads as a run needs can be made here`() throws {
    try SpareThreads.check()
  }

  @Test func `the hosts that a number of descriptors lasts for`() {
    #expect([20, 43, 44, 64, 1024, 65_536].map(MachineLimits.hosts(for:)) == [0, 0, 1, 2, 50, 3275])
    #expect((1...60).allSatisfy { MachineLimits.hosts(for: MachineLimits.descriptors(for: $0)) == $0 })
  }
}
