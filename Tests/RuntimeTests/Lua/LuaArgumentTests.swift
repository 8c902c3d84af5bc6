import Testing

@testable import Lua
@testable import Values

@Suite("Lua: values between Lua and Swift") struct LuaArgumentTests {
  @Test(
    "values arrive unchanged",
    arguments: [
      ("return echo(nil, true, 1, 1.5, 'x', {1, 2, a = {b = 3}})", "nil, true, 1, 1.5, x, {1 2 a={b=3}}"),
      ("return echo(3.0), math.type(echo(3.0)), math.type(echo(3))", "3.0, float, integer"),
      ("return echo(math.mininteger), echo(math.maxinteger)", "-9223372036854775808, 9223372036854775807"),
      ("return #echo('a\\0b\\xff'), echo('a\\0b\\xff') == 'a\\0b\\xff'", "4, true"),
      ("return echo({})", "{}"),
      ("return echo(pi), echo({pi})[1] == pi", "host 1, true"),
      ("local t = setmetatable({1}, {__index = error, __len = error, __pairs = error}) return echo(t)", "{1}"),
    ])
  func arrive(source: String, expected: String) async throws {
    #expect(try await LuaHarness().outcome(source) == expected)
  }

  @Test(
    "values that cannot leave Lua are refused with their path",
    arguments: [
      ("echo(1, error)", "bad argument #2 to 'echo' (it is a function)"),
      (
        "echo({options = {env = {1, 2, error}}})", "bad argument #1 to 'echo' (value at `options.env[3]` is a function)"
      ),
      ("echo({co = coroutine.create(error)})", "bad argument #1 to 'echo' (value at `co` is a coroutine)"),
      ("local t = {} t.a = {t} echo(t)", "bad argument #1 to 'echo' (value at `a[1]` contains itself)"),
      (
        "echo({[true] = 1})",
        "bad argument #1 to 'echo' (it has true as a key, which is neither a name nor next in the list)"
      ),
      (
        "echo({a = {1, 2, nil, 4}})",
        "bad argument #1 to 'echo' (value at `a` has 4 as a key, which is neither a name nor next in the list)"
      ),
      ("echo({['\\xff'] = 1})", "bad argument #1 to 'echo' (it has a key that is not valid UTF-8)"),
      (
        "local t = {} for i = 1, 40 do t = {n = t} end echo(t)",
        "bad argument #1 to 'echo' (value at `\(Array(repeating: "n", count: 32).joined(separator: "."))` is nested too deeply (limit is 32))"
      ),
      (
        "local t = {} for i = 1, 100001 do t[i] = i end echo(t)",
        "bad argument #1 to 'echo' (value at `[100000]` is one of too many (limit is 100000 values))"
      ),
      (
        "local s = ('x'):rep(1 << 24) echo({s = s .. 'y'})",
        "bad argument #1 to 'echo' (value at `s` is too long (limit is 16777216 bytes))"
      ),
      ("pi:name_now({x = error})", "bad argument #1 to 'name_now' (value at `x` is a function)"),
    ])
  func refused(source: String, message: String) async throws {
    let harness = try await LuaHarness()
    #expect(await harness.outcome("\n" + source) == "native: r.lua:2: \(message)")
    let kind = await harness.outcome("local _, e = pcall(function() \(source) end) return e.kind")
    #expect(kind == "argument")
  }

  @Test("a function passed to Swift can be called later, until released") func functions() async throws {
    let harness = try await LuaHarness()
    let machine = harness.machine
    let kept = LuaHarness.Log()
    await machine.define(
      "keep",
      .immediate(takesFunctions: true) { call in
        guard case .table(let table)? = call.arguments.first, case .function(let function) = table["run"]
        else { return [] }
        kept.add("\(function.slot)")
        return [.function(function)]
      })
    let source = "local n = 10 return keep { run = function(a) n = n + 1 return a + n end }(5)"
    #expect(await harness.outcome(source) == "16")
    let slot = try #require(kept.lines.first.flatMap { Int32($0) })
    let function = LuaFunctionReference(slot: slot)
    #expect(try await machine.call(function, [.integer(1)]) == [.integer(13)])
    await machine.release(function)
  }
}
