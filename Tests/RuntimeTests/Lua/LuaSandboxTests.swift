import Foundation
import Testing

@testable import Lua
@testable import Values

@Suite("Lua: the sandbox") struct LuaSandboxTests {
  /// Walks all values reachable from a chunk's environment, metatables included.
  static let walk = """
    local seen, out = {}, {}
    local function visit(value, path)
      if type(value) == 'function' then out[#out + 1] = path .. '()' return end
      if type(value) ~= 'table' then out[#out + 1] = path .. ' ' .. type(value) return end
      if seen[value] then return end
      seen[value] = true
      for k, v in pairs(value) do visit(v, path == '' and tostring(k) or path .. '.' .. tostring(k)) end
      local meta = getmetatable(value)
      if type(meta) == 'table' then visit(meta, path .. '<meta>') end
    end
    for _, name in ipairs(names) do visit(_G[name], name) end
    for k, v in pairs(_G) do visit(v, k) end
    visit(getmetatable(''), 'getmetatable("")')
    table.sort(out)
    return table.concat(out, '\\n')
    """

  @Test("every reachable global and method is in the committed list") func globals() async throws {
    let machine = try LuaMachine(name: "test")
    await machine.set("names", .table(LuaTable(list: await machine.globalNames.map { .string($0) })))
    let chunk = try await machine.load(Array(Self.walk.utf8), name: "walk.lua")
    let reached = try await machine.call(chunk).first?.text ?? ""
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Fixtures/lua/globals.txt")
    let committed = try String(contentsOf: file, encoding: .utf8)
    #expect(reached + "\n" == committed)
  }

  @Test(
    "escapes are closed",
    arguments: [
      (
        "return io, os, package, debug, dofile, loadfile, print, warn, rawset, string.dump",
        "nil, nil, nil, nil, nil, nil, nil, nil, nil, nil"
      ),
      ("return getmetatable('')", "false"),
      ("return getmetatable(pi), getmetatable(_G), getmetatable(string)", "false, false, false"),
      ("string.rep = nil", "runtime: r.lua:1: 'string' cannot be changed"),
      ("setmetatable(string, {})", "runtime: r.lua:1: cannot change a protected metatable"),
      ("pi.name = 'x'", "native: r.lua:1: cannot set 'name': a host cannot be changed"),
      (
        "return pi.name, pi:name_now(), tostring(pi), pi == pi, pi == nas, ({[pi] = 1})[pi]",
        "pi1, h1, pi1, true, false, 1"
      ),
      ("return pi.chmood", "native: r.lua:1: a host has no 'chmood'; did you mean 'chmod'?"),
      ("pi.chmod('x')", "native: r.lua:1: call 'chmod' with a colon: host:chmod(...)"),
      ("return load('\\27Lua')", "nil, attempt to load a binary chunk (mode is 't')"),
      ("return load('return 1', 'x', 'b')", "nil, only text can be loaded here, not bytecode"),
      (
        "return load(function() end)",
        "runtime: r.lua:1: bad argument #1 to 'load' (load takes the text of a chunk here, not a function)"
      ),
      ("return load('return ...')(4), load('x = 5')(), x", "4, nil, 5"),
      ("return load('return a', 'n', 't', {a = 7})(), load('return string', 'n', 't', {})()", "7, nil"),
      (
        "return select(2, load('error(1 .. nil)', '@/etc/passwd')), load('x x', '@/etc/passwd')",
        "nil, nil, (load):1: syntax error near 'x'"
      ),
      ("local n = 0 for k in pairs(table) do n = n + 1 end return n", "7"),
    ])
  func doors(source: String, expected: String) async throws {
    #expect(try await LuaHarness().outcome(source) == expected)
  }

  @Test("each chunk has its own globals on top of the shared globals") func environments() async throws {
    let harness = try await LuaHarness()
    #expect(await harness.outcome("x = 1 echo = nil return x, _G.x, _G == _ENV") == "1, 1, true")
    #expect(await harness.outcome("return x, echo ~= nil") == "nil, true")
  }

  @Test("the linked version of Lua is among those tested with the guards") func version() async throws {
    #expect(try await LuaHarness().outcome("return _VERSION") == "Lua 5.4")
  }
}
