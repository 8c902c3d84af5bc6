import Testing

@testable import Diagnosis
@testable import Runs

@Suite struct ScheduleTests {
  private func shares(_ text: String) -> [HostShare] { text.split(separator: ",").compactMap { HostShare($0) } }

  @Test(arguments: [
    ("", 0, []), ("", 7, [7]), ("3", 7, [3, 3, 1]), ("1,5,20%", 40, [1, 5, 8, 8, 8, 8, 2]), ("30%", 10, [3, 3, 3, 1]),
    ("1%", 5, [1, 1, 1, 1, 1]), ("100%", 5, [5]), ("9", 5, [5]),
  ])
  func `the last size of a wave counts for all further ones`(serial: String, hosts: Int, sizes: [Int]) {
    #expect(Schedule(serial: shares(serial)).waves(of: hosts) == sizes)
  }

  @Test(arguments: ["", "-1", "x", "%", "101%", "5.5", "1 0"])
  func `a share of hosts is a number or per cent`(text: String) { #expect(HostShare(text) == nil) }

  @Test func `pauses before attempts grow to half a minute`() {
    #expect((2...9).map { Schedule.pause(before: $0).components.seconds } == [1, 2, 4, 8, 16, 30, 30, 30])
  }

  @Test func `only what may pass by itself is worth another attempt`() {
    let kinds = Failure.Kind.allCases.filter { Failure($0, "x").mayPass }
    #expect(kinds == [.unreachable, .timeout, .lost, .busy])
    #expect(!Failure(.unreachable, "x", cause: .oldAlgorithms).mayPass)
    var several = Failure(.parallel, "2 of 3 failed")
    several.failures = [Failure(.lost, "x"), Failure(.busy, "x")]
    #expect(several.mayPass)
    several.failures.append(Failure(.denied, "the server refused the password"))
    #expect(!several.mayPass)
  }
}
