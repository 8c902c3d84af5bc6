import Foundation
import LuaBaseline
import Testing

@testable import Lua

/// Serialized: each script keeps a thread busy, and other tests of the process need theirs.
@Suite("Lua: hostile scripts", .serialized) struct LuaHostileTests {
  @Test("this embedding stops the script, gives the reason, and stays intact", arguments: Hostile.all)
  func ours(hostile: Hostile) async throws {
    var limits = LuaLimits.standard
    limits.sliceTime = hostile.isEndless ? .milliseconds(150) : .seconds(30)
    let harness = try await LuaHarness(limits: limits)
    let machine = harness.machine
    await machine.define(
      "cancel",
      .waiting { _ in
        {
          machine.stop(because: "Ctrl-C")
          try Task.checkCancellation()
          return []
        }
      })
    let outcome = await harness.outcome(hostile.script).replacing(/(r\.lua:\d+: )+/, with: "")
    let wanted = hostile.ours.replacing(/(r\.lua:\d+: )+/, with: "")
    #expect(outcome == wanted || hostile.plain == .survives && outcome.contains(wanted), "\(outcome.prefix(500))")
    await machine.close()
    #expect(await machine.remains.bytes == 0)
  }

  /// Each hanging script takes a second of processor time, which only `make hostile` waits for.
  static let tried = Hostile.all.filter {
    $0.plain != .hangs || ProcessInfo.processInfo.environment["HOSTILE"] != nil
  }

  @Test("the usual embedding gives the recorded outcome", arguments: tried)
  func plain(hostile: Hostile) throws {
    var answer = [CChar](repeating: 0, count: 4096)
    let status = baseline_plain(hostile.script, hostile.plain == .hangs ? 1 : 10, 1 << 28, &answer, answer.count)
    try #require(status != -1)
    let text = String(decoding: answer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      .replacing(/(r\.lua:\d+: )+/, with: "").replacing(/builtin: \w+|0x[0-9a-f]+/, with: "builtin")
    let signal = status & 0x7F
    let seen: Hostile.Plain =
      switch signal {
      case SIGXCPU, SIGKILL: .hangs
      case 0: text.hasPrefix("memory: ") || text.hasSuffix("not enough memory") ? .eats : .answers(text)
      default: .crashes
      }
    switch hostile.plain {
    case .survives: #expect(signal == 0, "\(seen)")
    // Later releases than 5.4.4 raise an error instead.
    case .crashes where LuaRelease.name != "Lua 5.4.4": #expect(signal == 0 || seen == .crashes)
    default: #expect(seen == hostile.plain)
    }
  }
}
