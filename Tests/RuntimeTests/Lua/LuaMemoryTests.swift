import Testing

@testable import Lua
@testable import Values

@Suite("Lua: full memory") struct LuaMemoryTests {
  /// Fills the memory and keeps it full.
  static let fill = """
    local held = {}
    local function fill() while true do held[#held + 1] = ('x'):rep(1000) .. #held end end

    """

  @Test("a recipe still receives the error of a native function") func errors() async throws {
    let harness = try await LuaHarness(limits: LuaLimitTests.small)
    let source = Self.fill + "pcall(fill) local ok, e = pcall(wait_refuse) return e.kind, #held > 10000"
    #expect(await harness.outcome(source) == "exit, true")
  }

  @Test("results of a native function count towards the limit too") func results() async throws {
    let harness = try await LuaHarness(limits: LuaLimitTests.small)
    await harness.machine.define("big", .immediate { _ in [.string([UInt8](repeating: 1, count: 1 << 20))] })
    await harness.machine.define("wait_big", .waiting { _ in { [.string([UInt8](repeating: 1, count: 1 << 20))] } })
    #expect(await harness.outcome("return #big(), #wait_big()") == "1048576, 1048576")
    let source = "pcall(fill) local _, e = pcall(big) local _, f = pcall(wait_big) return e, f"
    #expect(await harness.outcome(Self.fill + source) == "not enough memory, not enough memory")
    #expect(await harness.failure(Self.fill + "pcall(fill) big()")?.kind == .memory)
    #expect(await harness.outcome("return #big()") == "1048576")
  }

  @Test("so do any number of errors from require") func require() async throws {
    let harness = try await LuaHarness(limits: LuaLimitTests.small)
    let source = """
      local name, kept = ('X'):rep(3900), {}
      for i = 1, 20000 do kept[i] = false end
      for i = 1, #kept do
        local _, e = pcall(require, name)
        if e == 'not enough memory' then return 'held' end
        kept[i] = e
      end
      return collectgarbage('count')
      """
    #expect(await harness.outcome(source) == "held")
  }

  @Test("the traceback of an error is complete") func traceback() async throws {
    let harness = try await LuaHarness(limits: LuaLimitTests.small)
    let source = """
      local mine = {message = 'mine'}
      \(Self.fill)local function raise() error(mine) end
      local co = coroutine.wrap(function()
        pcall(fill)
        raise()
      end)
      co()
      """
    let error = await harness.failure(source)
    #expect(error?.description == "r.lua:4: mine")
    #expect(
      error?.traceback.map { "\($0.position) \($0.function ?? "?")" }
        == ["r.lua:4 raise", "r.lua:7 ?", "r.lua:9 main chunk"])
  }

  @Test("a later syntax error is not reported as a memory error") func afterwards() async throws {
    let harness = try await LuaHarness(limits: LuaLimitTests.small)
    await harness.machine.setModules { _ in (Array("\nx = = 1".utf8), "broken.lua") }
    #expect(
      await harness.outcome(Self.fill + "pcall(parallel, {1}, fill) held = nil require 'broken'")
        == "native: broken.lua:2: unexpected symbol near '='")
    #expect(await harness.failure(Self.fill + "fill()")?.kind == .memory)
    #expect(await harness.outcome("x = = 1") == "syntax: r.lua:1: unexpected symbol near '='")
  }
}
