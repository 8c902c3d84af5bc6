import Foundation
import Testing

@testable import Diagnosis
@testable import Runs

@Suite struct WaveTests {
  @Test func `one host's failure stops no other`() async throws {
    let played = try await WaveStage.play(["one", "down", "denied", "two"], Schedule(), forks: 1)
    #expect(played.lines == ["one 1: done", "down 1: unreachable", "denied 1: denied", "two 1: done"])
    #expect(played.report.outcome == .failed)
    #expect(played.report.unfinished == ["down", "denied"])
    #expect(played.report.notBegun == [])
  }

  @Test func `no host is begun after more failures than asked for`() async throws {
    let hosts = ["down1", "one", "down2", "two", "three"]
    let played = try await WaveStage.play(hosts, Schedule(maxFail: .count(1)), forks: 1)
    #expect(played.lines == ["down1 1: unreachable", "one 1: done", "down2 1: unreachable"])
    #expect(played.report.notBegun == ["two", "three"])
    #expect(played.report.unfinished == ["down1", "down2", "two", "three"])
  }

  @Test func `a share of failures counts all hosts of the command`() async throws {
    let hosts = ["down1", "down2"] + (1...8).map { "ok\($0)" }
    let played = try await WaveStage.play(hosts, Schedule(maxFail: .percent(20)), forks: 1)
    #expect(played.report.notBegun == [])
  }

  @Test func `waves follow one another, and a wave without a success is the last`() async throws {
    let hosts = ["one", "two", "down1", "down2", "down3", "down4", "three"]
    let played = try await WaveStage.play(hosts, Schedule(serial: [.count(1), .count(3)]), forks: 1)
    #expect(
      played.lines == [
        "wave 1 of 3: one", "one 1: done", "wave 2 of 3: two down1 down2", "two 1: done", "down1 1: unreachable",
        "down2 1: unreachable", "wave 3 of 3: down3 down4 three", "down3 1: unreachable", "down4 1: unreachable",
        "three 1: done",
      ])
    let bad = try await WaveStage.play(["down1", "one", "two"], Schedule(serial: [.count(1)]), forks: 1)
    #expect(bad.lines == ["wave 1 of 3: down1", "down1 1: unreachable"])
    #expect(bad.report.notBegun == ["one", "two"])
  }

  @Test func `only a failure that may pass is tried again, and then does not count`() async throws {
    let played = try await WaveStage.play(["flaky", "denied"], Schedule(retries: 1), forks: 1)
    #expect(
      played.lines == ["flaky 1: lost, again after 1 s", "flaky 2: done", "denied 1: denied"])
    #expect(played.report.failures.map(\.host) == ["denied"])
    #expect(played.report.caught == 0)
    #expect(played.report.unfinished == ["denied"])
  }

  @Test func `a host that takes too long is stopped, and the others are done`() async throws {
    let played = try await WaveStage.play(["stuck", "one"], Schedule(hostTimeout: .seconds(1)))
    #expect(Set(played.lines) == ["stuck 1: timeout", "one 1: done"])
    #expect(
      played.report.failures.map(\.description) == [
        "stuck: the time for a host (1 seconds) is over, so the run was stopped after its current step"
      ])
  }

  @Test func `with all or nothing, what has changed nothing may be tried again`() async throws {
    let played = try await WaveStage.play(["flaky"], Schedule(retries: 1), isAllOrNothing: true)
    #expect(played.lines == ["flaky 1: lost, again after 1 s", "flaky 2: done"])
    #expect(played.report.outcome == .unchanged)
  }

  @Test func `each attempt that changed something has a journal, and the command names each host once`() async throws {
    let id = "20261129-012737-wnr"
    let hosts = ["flaky", "one", "flaky"]
    let runs = hosts.enumerated().map { index, host in
      PastRun(id: "\(id)-\(index + 1)", recipe: "mine", hosts: [host], began: .now, acts: [])
    }
    let command = PastCommand(id, runs.reversed())
    #expect(command.runs.map(\.id) == [id + "-1", id + "-2", id + "-3"])
    #expect(command.hosts == ["flaky", "one"])
    #expect(Set(runs.map(\.command)) == [id])
  }

  @Test func `a failure in a host's branch names the host`() async throws {
    let recipe = #"""
      recipe {
        summary = "Fails on some", hosts = { { "all", "Hosts", many = true } },
        run = function(hosts)
          parallel(hosts.all, function(h)
            if h.name == "b" then fail("no") elseif h.name == "c" then local x = nil; x.y = 1 end
          end)
        end,
      }
      """#
    let played = try await RunStage().play(recipe, on: ["a", "b", "c"])
    #expect(played.failures.flatMap(\.failures).map(\.host) == ["b", "c"])
    #expect(played.failures.map(\.host) == [nil])
  }
}
