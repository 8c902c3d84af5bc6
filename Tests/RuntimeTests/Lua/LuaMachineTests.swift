import Testing

@testable import Runtime

@Suite("Lua machine") struct LuaMachineTests {
  @Test("a function that does not wait runs inside the call") func immediate() async throws {
    let machine = try LuaMachine(name: "test")
    await machine.define("add", .immediate { call in [.integer(Int64(call.arguments.count))] })
    let chunk = try await machine.load(Array("return add(1, 2, 3)".utf8), name: "t.lua")
    #expect(try await machine.call(chunk) == [.integer(3)])
  }

  @Test("a function that waits suspends the coroutine") func waiting() async throws {
    let machine = try LuaMachine(name: "test")
    await machine.define(
      "wait",
      .waiting { call in
        {
          await Task.yield()
          return call.arguments
        }
      })
    let chunk = try await machine.load(
      Array("local t = {} for i = 1, 10 do t[i] = wait(i) end return t".utf8), name: "t.lua")
    #expect(try await machine.call(chunk) == [.table(LuaTable(list: (1...10).map { .integer($0) }))])
  }
  @Test("an error") func error() async throws {
    let machine = try LuaMachine(name: "test")
    let chunk = try await machine.load(Array("local function f() error('no') end\nf()".utf8), name: "t.lua")
    await #expect(
      throws: LuaError(
        kind: .runtime, message: "no", position: LuaPosition(chunk: "t.lua", line: 1),
        traceback: [
          LuaFrame(position: LuaPosition(chunk: "t.lua", line: 1), function: "f"),
          LuaFrame(position: LuaPosition(chunk: "t.lua", line: 2), function: "main chunk"),
        ])
    ) { try await machine.call(chunk) }
  }
}
