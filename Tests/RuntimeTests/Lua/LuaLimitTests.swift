import Testing

@testable import Lua

/// Each script hangs, crashes or escapes a plain embedding of Lua 5.4.4.
@Suite("Lua: limits") struct LuaLimitTests {
  static var tight: LuaLimits {
    var limits = LuaLimits.standard
    limits.sliceTime = .milliseconds(100)
    limits.unwindingTime = .milliseconds(50)
    limits.memory = 16 << 20
    return limits
  }

  /// Little memory and much time.
  static var small: LuaLimits {
    var limits = LuaLimits.standard
    limits.sliceTime = .seconds(20)
    limits.memory = 16 << 20
    return limits
  }

  static let tooLong = "limit: r.lua:1: the recipe ran too long without waiting for anything"

  @Test(
    "endless work is stopped",
    arguments: [
      "while true do end",
      "pcall(function() while true do end end)",
      "while true do pcall(function() while true do end end) end",
      "xpcall(function() while true do end end, function() while true do end end)",
      "coroutine.wrap(function() while true do end end)()",
      "coroutine.resume(coroutine.create(function() while true do end end))",
      "coroutine.wrap(function() local c <close> = setmetatable({}, {__close = function() while true do end end}) while true do end end)()",
      "table.sort({3, 2, 1}, function() while true do end end)",
      "local c <close> = setmetatable({}, {__close = function() while true do end end})",
      "return (('a'):rep(40)):find(('a*'):rep(30) .. 'b')",
      "return (('a'):rep(300000)):find('.-.-.-b')",
      "for _ in (('a'):rep(40)):gmatch(('a*'):rep(30) .. 'b') do end",
      "return (('a'):rep(40)):gsub(('a*'):rep(30) .. 'b', '')",
      "return (('x'):rep(200000)):find(('%b()'):rep(1) .. 'y') or (('('):rep(400000)):find('%b()y')",
    ])
  func endless(source: String) async throws {
    let harness = try await LuaHarness(limits: Self.tight)
    #expect(await harness.outcome(source) == Self.tooLong)
    let time = await harness.machine.timeUsed
    #expect(time > .milliseconds(100) && time < .seconds(60), "\(time)")
  }

  @Test("short coroutines with long strings are noticed early") func heavyCoroutines() async throws {
    let harness = try await LuaHarness(limits: Self.tight)
    let source = """
      local a, b = ('\\0'):rep(32000) .. 'a', ('\\0'):rep(32000) .. 'b'
      while true do log('began') coroutine.wrap(function() for i = 1, 300 do local x = a < b end end)() end
      """
    #expect(await harness.outcome(source).hasPrefix("limit: "))
    #expect(harness.log.lines.count < 40)
  }

  @Test("an exceeded limit stays exceeded") func sticky() async throws {
    let harness = try await LuaHarness(limits: Self.tight)
    _ = await harness.outcome("while true do end")
    #expect(await harness.outcome("return 1") == "limit: the recipe ran too long without waiting for anything")
  }

  @Test("time spent waiting does not count") func waitingIsFree() async throws {
    let harness = try await LuaHarness(limits: Self.tight)
    await harness.machine.define(
      "nap",
      .waiting { _ in
        {
          try await Task.sleep(for: .milliseconds(60))
          return []
        }
      })
    #expect(await harness.outcome("nap() nap() nap() return 'ok'") == "ok")
  }

  @Test("the instruction limit applies across waits") func instructions() async throws {
    var limits = LuaLimits.standard
    limits.instructions = 1_000_000
    let harness = try await LuaHarness(limits: limits)
    #expect(
      await harness.outcome("while true do for i = 1, 1000 do end wait() end")
        == "limit: r.lua:1: the recipe used up its instructions")
  }

  @Test("short stretches of heavy work count, even in new coroutines") func heavyBranches()
    async throws
  {
    var limits = LuaLimits.standard
    limits.instructions = 100_000
    let harness = try await LuaHarness(limits: limits)
    let source = """
      for i = 1, 1000 do
        parallel({1}, function() local s = ('x'):rep(1000000) return (s .. 'a' == s .. 'b') end)
      end
      """
    #expect(await harness.outcome(source).hasSuffix("the recipe used up its instructions"))
  }

  @Test(
    "mistakes that would loop inside C are refused",
    arguments: [
      ("return #(''):rep(1e18)", "0"),
      ("('x'):rep(1e18)", "runtime: r.lua:1: resulting string too large (limit is 16777216 bytes)"),
      ("('x'):rep(1 << 62, 'y')", "runtime: r.lua:1: resulting string too large (limit is 16777216 bytes)"),
      ("table.move({}, 1, 1e15, 2)", "runtime: r.lua:1: range too long for 'move' (limit is 10000000 elements)"),
      (
        "table.concat(setmetatable({}, {__index = function() return '' end}), '', 1, 1e15)",
        "runtime: r.lua:1: range too long for 'concat' (limit is 10000000 elements)"
      ),
      ("table.unpack({}, 1, 1e15)", "runtime: r.lua:1: too many results to unpack"),
      ("table.unpack({}, math.mininteger, math.maxinteger)", "runtime: r.lua:1: too many results to unpack"),
      (
        "table.insert(setmetatable({}, {__len = function() return 1 << 60 end}), 1, 1)",
        "runtime: r.lua:1: range too long for 'insert' (limit is 10000000 elements)"
      ),
      (
        "table.remove(setmetatable({}, {__len = function() return 1 << 60 end}), 1)",
        "runtime: r.lua:1: range too long for 'remove' (limit is 10000000 elements)"
      ),
      (
        "table.sort(setmetatable({}, {__len = function() return 1 << 30 end}))",
        "runtime: r.lua:1: 'sort' does not accept a table with a '__len' metamethod"
      ),
      (
        "setmetatable({}, {__gc = function() while true do end end})",
        "runtime: r.lua:1: a metatable with '__gc' is not allowed; use '__close'"
      ),
      (
        "setmetatable({}, {__gc = false})",
        "runtime: r.lua:1: a metatable with '__gc' is not allowed; use '__close'"
      ),
      ("return ('x'):find(('('):rep(33))", "runtime: r.lua:1: too many captures"),
      ("return ('x'):rep(2000):find(('x?'):rep(1500))", "runtime: r.lua:1: pattern too complex"),
      ("local t = setmetatable({}, {}) getmetatable(t).__gc = print collectgarbage('count') return 'ok'", "ok"),
      ("collectgarbage('stop')", "runtime: r.lua:1: only collectgarbage(\"count\") is allowed"),
    ])
  func guarded(source: String, expected: String) async throws {
    #expect(try await LuaHarness(limits: Self.tight).outcome(source) == expected)
  }

  @Test("a chain of 100,000 coroutines that close each other does not crash") func closeChain() async throws {
    let source = """
      local co
      for i = 1, 100000 do
        local before = co
        co = coroutine.create(function()
          local c <close> = setmetatable({}, {__close = function() if before then assert(coroutine.close(before)) end end})
          coroutine.yield()
        end)
        coroutine.resume(co)
      end
      local ok, e = coroutine.close(co)
      return ok, (tostring(e):match('too many coroutines that close one another'))
      """
    var limits = LuaLimits.standard
    limits.memory = 512 << 20
    limits.sliceTime = .seconds(20)
    #expect(
      try await LuaHarness(limits: limits).outcome(source) == "false, too many coroutines that close one another")
  }

  @Test("endless recursion is an error, in Lua, in C and in coroutines") func recursion() async throws {
    let harness = try await LuaHarness()
    let lua = await harness.outcome("local function f() return 1 + f() end f()")
    #expect(lua.hasPrefix("runtime: r.lua:1: stack overflow") || lua.hasPrefix("memory: "), "\(lua)")
    let inC = await harness.outcome("local function f() return string.gsub('x', 'x', f) end f()")
    #expect(inC == "runtime: r.lua:1: C stack overflow" || inC.contains("C stack overflow"))
    let nested = await harness.outcome("local function f() return coroutine.wrap(f)() end f()")
    #expect(nested.contains("C stack overflow"))
    #expect(await harness.outcome("return ('('):rep(300), load(('('):rep(300))").contains("overflow") == true)
  }

  static let noMemory =
    "not enough memory (limit is 16 MB; endless recursion also causes this error)"

  @Test(
    "the memory limit applies wherever memory is allocated",
    arguments: [
      "local t = {} while true do t[#t + 1] = ('x'):rep(100000) .. #t end",
      "local s = 'x' while true do s = s .. s end",
      "local t = {} while true do t[#t + 1] = coroutine.create(print or error) end",
      "local t = {} while true do t[#t + 1] = {t, t, t, t, t, t, t, t} end",
      "return table.concat({('x'):rep(9000000), ('x'):rep(9000000)})",
    ])
  func memory(source: String) async throws {
    let harness = try await LuaHarness(limits: Self.small)
    let error = await harness.failure(source)
    #expect(error?.kind == .memory)
    #expect(error?.message == Self.noMemory)
    #expect(await harness.outcome("return 'alive'") == "alive")
  }

  @Test("deep results and long strings are refused on leaving Lua") func crossing() async throws {
    let harness = try await LuaHarness()
    #expect(
      await harness.outcome("local t = {} for i = 1, 40 do t = {t} end return t")
        == "runtime: bad result #1 (value at `\(String(repeating: "[1]", count: 32))` is nested too deeply (limit is 32))"
    )
  }
}
