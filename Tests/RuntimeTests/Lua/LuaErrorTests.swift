import Synchronization
import Testing

@testable import Lua
@testable import Values

@Suite("Lua: errors") struct LuaErrorTests {
  @Test(
    "every raised value gives a message",
    arguments: [
      ("error('no')", "runtime: r.lua:1: no"),
      ("error('no', 0)", "runtime: r.lua:1: no"),
      ("\nlocal x = nil; x.y = 1", "runtime: r.lua:2: attempt to index a nil value (local 'x')"),
      ("error(nil)", "runtime: r.lua:1: the error raised is not a message but nil"),
      ("error({})", "runtime: r.lua:1: a table without 'message'"),
      ("error({message = 'mine', code = 4})", "runtime: r.lua:1: mine"),
      ("error(true)", "runtime: r.lua:1: the error raised is not a message but true"),
      ("error(42)", "runtime: r.lua:1: the error raised is not a message but 42"),
      ("error(setmetatable({}, {__tostring = function() return 'shown' end}))", "runtime: r.lua:1: shown"),
      ("error(setmetatable({}, {__tostring = error}))", "runtime: r.lua:1: a table that cannot be described"),
      (
        "error(setmetatable({}, {__tostring = function() return 1 end}))",
        "runtime: r.lua:1: 1"
      ),
      ("error(pi)", "runtime: r.lua:1: the error raised is not a message but pi1"),
      ("return refuse()", "native: r.lua:1: exit status 3"),
      ("\n\nwait_refuse()", "native: r.lua:3: exit status 3"),
      ("wait_plain()", "native: r.lua:1: a plain Swift error"),
      ("x = = 1", "syntax: r.lua:1: unexpected symbol near '='"),
      (String(repeating: "(", count: 300), "syntax: C stack overflow"),
      ("\u{1B}Lua", "syntax: attempt to load a binary chunk (mode is 't')"),
      ("\u{FEFF}\u{1B}Lua", "syntax: attempt to load a binary chunk (mode is 't')"),
      ("\u{FEFF}#!/usr/bin/x\nerror('no')", "runtime: r.lua:2: no"),
      ("return function() end", "runtime: bad result #1 (it is a function)"),
    ])
  func message(source: String, expected: String) async throws {
    #expect(try await LuaHarness().outcome(source) == expected)
  }

  @Test("a native error is a table with its fields") func table() async throws {
    let source = """
      local ok, e = pcall(wait_refuse)
      return e.kind, e.status, e.host, e.message, tostring(e), 'failed: ' .. e, getmetatable(e)
      """
    #expect(
      try await LuaHarness().outcome(source)
        == "exit, 3, pi, exit status 3, r.lua:1: exit status 3, failed: r.lua:1: exit status 3, false")
  }

  @Test("its tostring starts with the recipe's line") func tableWithPosition() async throws {
    let source = "local ok, e = pcall(function()\n  wait_refuse()\nend)\nreturn tostring(e)"
    #expect(try await LuaHarness().outcome(source) == "r.lua:2: exit status 3")
  }

  @Test("an error that leaves the machine keeps its fields, even if raised again") func fields() async throws {
    let error = try await LuaHarness().failure("local ok, e = pcall(wait_refuse)\nerror(e)")
    #expect(error?.kind == .native)
    #expect(
      error?.fields == [
        "kind": .string("exit"), "status": .integer(3), "host": .string("pi"), "message": .string("exit status 3"),
        "position": .string("r.lua:1"),
      ])
  }

  @Test("a traceback goes through nested coroutines, innermost first") func traceback() async throws {
    let source = """
      local function bad()
        error('no')
      end
      local function middle()
        coroutine.wrap(function()
          bad()
        end)()
      end
      middle()
      """
    let error = try await LuaHarness().failure(source)
    #expect(
      error?.traceback.map { "\($0.position) \($0.function ?? "?")" } == [
        "r.lua:2 bad", "r.lua:6 ?", "r.lua:5 middle", "r.lua:9 main chunk",
      ])
    #expect(error?.description == "r.lua:5: r.lua:2: no")
  }

  @Test("a traceback has at most ten frames, and none of a caught error") func bounded() async throws {
    let source = """
      pcall(coroutine.wrap(function() error('caught') end))
      local function go(n) if n == 0 then error('deep') end go(n - 1) return 1 end
      go(50)
      """
    let error = try await LuaHarness().failure(source)
    #expect(error?.traceback.count == 10)
    #expect(error?.traceback.allSatisfy { $0.position == LuaPosition(chunk: "r.lua", line: 2) } == true)
  }

  @Test("a frame has the end of a long file name") func longName() async throws {
    let harness = try await LuaHarness()
    let name = String(repeating: "folder/", count: 30) + "mine.lua"
    let chunk = try await harness.machine.load(Array("local function f() error({}) end\nf()".utf8), name: name)
    let error = await #expect(throws: LuaError.self) { try await harness.machine.call(chunk) }
    let shown = "..." + name.suffix(124)
    #expect(error?.traceback.map { "\($0.position)" } == ["\(shown):1", "\(shown):2"])
  }

  @Test("no object outlives an error raised from Swift") func leak() async throws {
    final class Counter: Sendable {
      private let count = Mutex(0)
      var value: Int { count.withLock { $0 } }
      func add(_ change: Int) { count.withLock { $0 += change } }
    }
    final class Canary: Sendable {
      private let living: Counter
      init(_ living: Counter) {
        self.living = living
        living.add(1)
      }
      deinit { living.add(-1) }
    }
    let harness = try await LuaHarness()
    let (living, raised) = (Counter(), Counter())
    await harness.machine.define(
      "at_once",
      .immediate { _ in
        let canary = Canary(living)
        defer { withExtendedLifetime(canary) { raised.add(1) } }
        throw LuaHarness.Refusal()
      })
    await harness.machine.define(
      "later",
      .waiting { _ in
        let outer = Canary(living)
        return {
          let inner = Canary(living)
          await Task.yield()
          defer { withExtendedLifetime((outer, inner)) { raised.add(1) } }
          throw LuaHarness.Refusal()
        }
      })
    let source = "for i = 1, 100 do pcall(at_once) pcall(later) pcall(coroutine.wrap(later)) end return 'ok'"
    #expect(await harness.outcome(source) == "ok")
    #expect(raised.value == 300)
    #expect(living.value == 0)
  }
}
