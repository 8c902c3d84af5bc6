import Testing

@testable import Lua

/// Random programs of coroutines, protected calls, closes and waits, with errors and cancellation.
@Suite("Lua: random sequences") struct LuaSequenceTests {
  struct Generator: RandomNumberGenerator {
    var state: UInt64
    /// SplitMix64: the same programs on every machine.
    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }

  private static let leaves = [
    "wait(1)", "echo(pi)", "pi:chmod('x')", "pi.none = 1", "refuse()", "wait_refuse()", "error('e')", "error({})",
    "error(nil)", "coroutine.yield(2)", "kept = coroutine.running()", "if kept then coroutine.resume(kept) end",
    "if kept then pcall(coroutine.close, kept) end", "local x = nil + 1", "table.sort({2, 1}, wait)",
    "('x'):gsub('x', wait)", "tostring(setmetatable({}, {__tostring = wait}))", "load('wait(3)')()",
  ]

  private static let frames = [
    "pcall(function() # end)", "xpcall(function() # end, function(m) echo(m) return pi.none end)",
    "coroutine.wrap(function() # end)()", "pcall(coroutine.wrap(function() # end))",
    "coroutine.resume(coroutine.create(function() # end))",
    "local co = coroutine.wrap(function() # end) pcall(co) pcall(co)",
    "local co = coroutine.create(function() # end) coroutine.resume(co) pcall(coroutine.close, co)",
    "do local c <close> = setmetatable({}, {__close = function() # end}) # end",
    "for _ in function(_, n) if not n then # return 1 end end do # end",
    "pcall(parallel, {1, 2}, function(n) # end)",
    "local v = setmetatable({}, {__index = function() # end}).x", "if wait(true) then # else # end",
  ]

  private static func program(_ depth: Int, _ random: inout Generator) -> String {
    (0..<Int.random(in: 1...3, using: &random)).map { _ in
      guard depth > 0, Int.random(in: 0..<3, using: &random) > 0,
        let frame = frames.randomElement(using: &random)
      else { return "do " + (leaves.randomElement(using: &random) ?? "") + " end" }
      let parts = frame.split(separator: "#", omittingEmptySubsequences: false)
      return "do "
        + parts.dropFirst().reduce(String(parts[0])) { $0 + program(depth - 1, &random) + $1 } + " end"
    }.joined(separator: " ")
  }

  @Test("random programs end with a result or an error, and leave the machine intact")
  func whole() async throws {
    var random = Generator(state: 1)
    let harness = try await LuaHarness()
    for number in 0..<400 {
      let source = Self.program(4, &random)
      let outcome = await harness.outcome(source)
      #expect(!outcome.hasPrefix("syntax"), "\(number): \(source)")
      #expect(await harness.outcome("kept = nil return wait(1), echo(2)") == "1, 2", "\(number): \(outcome) \(source)")
    }
  }

  @Test("so do programs that are cancelled or stopped midway") func cancelled() async throws {
    var random = Generator(state: 2)
    for number in 0..<200 {
      let harness = try await LuaHarness()
      let source = Self.program(4, &random)
      let run = Task { await harness.outcome(source + " for i = 1, 1000 do wait() end") }
      for _ in 0..<Int.random(in: 0..<30, using: &random) { await Task.yield() }
      if number.isMultiple(of: 2) {
        run.cancel()
        _ = await run.value
        #expect(await harness.outcome("return wait(1)") == "1", "\(number): \(source)")
      } else {
        harness.machine.stop(because: "enough")
        _ = await run.value
        #expect(await harness.outcome("return 1") == "stopped: enough", "\(number): \(source)")
      }
    }
  }

  @Test("a thousand runs leave memory as it was") func leaks() async throws {
    let harness = try await LuaHarness()
    let source = "pcall(wait_refuse) parallel({1, 2}, function(n) return wait(n) end) return collectgarbage('count')"
    for _ in 0..<200 { _ = await harness.outcome(source) }
    let before = await harness.machine.memoryUsed
    for _ in 0..<1000 { _ = await harness.outcome(source) }
    let after = await harness.machine.memoryUsed
    // Functions passed to parallel stay until released: 1,000 small functions, and the chunks.
    #expect(after - before < 8 << 20)
  }
}
