import Testing

@Suite("Lua: where a native function can wait") struct LuaSuspensionTests {
  @Test(
    "a wait passes through every construct that Lua can suspend",
    arguments: [
      ("pcall", "return pcall(wait, 1)", "true, 1"),
      ("pcall with an error", "local ok, e = pcall(wait_refuse) return ok, e.kind, e.status", "false, exit, 3"),
      ("xpcall", "return xpcall(function(a) return wait(a) end, error, 7)", "true, 7"),
      (
        "iterator",
        "local n = 0 for i in function(_, i) i = wait((i or 0) + 1) if i < 4 then return i end end do n = n + i end return n",
        "6"
      ),
      ("__index", "return setmetatable({}, {__index = function(_, k) return wait(k) end}).x", "x"),
      ("__newindex", "local v; setmetatable({}, {__newindex = function(_, k, w) v = wait(w) end}).x = 5 return v", "5"),
      ("__add", "return setmetatable({}, {__add = function(a, b) return wait(b) end}) + 2", "2"),
      ("__lt", "return setmetatable({}, {__lt = function() return wait(true) end}) < {}", "true"),
      ("__le", "return setmetatable({}, {__le = function() return wait(false) end}) <= {}", "false"),
      (
        "__eq", "local m = {__eq = function() return wait(true) end} return setmetatable({}, m) == setmetatable({}, m)",
        "true"
      ),
      ("__concat", "return setmetatable({}, {__concat = function(_, b) return wait(b) end}) .. 'x'", "x"),
      ("__call", "return setmetatable({}, {__call = function(_, a) return wait(a) end})(3)", "3"),
      ("__len", "return #setmetatable({}, {__len = function() return wait(9) end})", "9"),
      (
        "__pairs",
        "local r for k in pairs(setmetatable({}, {__pairs = function() return next, wait({a = 1}) end})) do r = k end return r",
        "a"
      ),
      (
        "__close at the end",
        "local r do local c <close> = setmetatable({}, {__close = function() r = wait(4) end}) end return r", "4"
      ),
      (
        "__close after an error",
        "local r pcall(function() local c <close> = setmetatable({}, {__close = function() r = wait(4) end}) error('x') end) return r",
        "4"
      ),
      ("coroutine.wrap", "return coroutine.wrap(function(a) return wait(a) end)(8)", "8"),
      ("coroutine.resume", "return coroutine.resume(coroutine.create(function(a) return wait(a) end), 8)", "true, 8"),
      ("a method", "return pi:chmod('a', 'b')", "1, 2"),
    ])
  func works(what: String, source: String, expected: String) async throws {
    #expect(try await LuaHarness().outcome(source) == expected)
  }

  @Test("an uncaught error lets <close> variables wait") func closeAfterUncaughtError() async throws {
    let harness = try await LuaHarness()
    let source = "local c <close> = setmetatable({}, {__close = function() log(wait('closed')) end})\nerror('no')"
    #expect(await harness.outcome(source) == "runtime: r.lua:2: no")
    #expect(harness.log.lines == ["closed"])
  }

  static let place =
    "'wait' cannot be called here: inside a sort or gsub callback, __tostring, or a module's top level"

  @Test(
    "a wait in a wrong place gives an error",
    arguments: [
      ("sort", "table.sort({2, 1}, function(a, b) return wait(a < b) end)"),
      ("gsub", "string.gsub('x', 'x', function(m) return wait(m) end)"),
      ("tostring", "tostring(setmetatable({}, {__tostring = function() return wait('x') end}))"),
      ("format", "string.format('%s', setmetatable({}, {__tostring = function() return wait('x') end}))"),
      (
        "concat",
        "table.concat(setmetatable({}, {__index = function() return wait('x') end, __len = function() return 1 end}))"
      ),
      ("insert", "table.insert(setmetatable({}, {__newindex = function() return wait() end}), 1)"),
      ("unpack", "table.unpack(setmetatable({}, {__index = function() return wait(1) end}), 1, 1)"),
      ("sort around a coroutine", "table.sort({2, 1}, function() return coroutine.wrap(wait)() end)"),
      ("gsub around a coroutine", "('x'):gsub('x', function() return coroutine.wrap(function() wait() end)() end)"),
      ("ipairs", "for _ in ipairs(setmetatable({}, {__index = function() return wait(1) end})) do break end"),
    ])
  func refused(what: String, source: String) async throws {
    #expect(try await LuaHarness().outcome(source) == "native: r.lua:1: \(Self.place)")
  }

  @Test("a message handler and a coroutine that is closed cannot wait either") func refusedQuietly() async throws {
    let harness = try await LuaHarness()
    #expect(
      await harness.outcome("return select('#', xpcall(error, function(m) return wait(m) end, 'x'))") == "2")
    let close = """
      local co = coroutine.create(function()
        local c <close> = setmetatable({}, {__close = function() wait() end})
        coroutine.yield()
      end)
      coroutine.resume(co)
      local ok, e = coroutine.close(co)
      return ok, tostring(e)
      """
    #expect(await harness.outcome(close) == "false, r.lua:2: \(Self.place)")
  }

  @Test("two nested wraps with pcall between: results and errors pass through") func nestedWraps() async throws {
    let harness = try await LuaHarness()
    let source = """
      local inner = function(f) return coroutine.wrap(function() return pcall(f, 1) end) end
      local outer = coroutine.wrap(function()
        local ok, v = inner(wait)()
        local bad, e = inner(wait_refuse)()
        return ok, v, bad, e.kind
      end)
      return outer()
      """
    #expect(await harness.outcome(source) == "true, 1, false, exit")
  }

  @Test("a wait 90 coroutines deep") func deep() async throws {
    let source = """
      local function go(n) if n == 0 then return wait('deep') end return coroutine.wrap(go)(n - 1) end
      return go(90)
      """
    #expect(try await LuaHarness().outcome(source) == "deep")
  }

  @Test("generators work beside waits") func generators() async throws {
    let source = """
      local g = coroutine.wrap(function() for i = 1, 3 do coroutine.yield(wait(i)) end end)
      return g(), wait('x'), g(), g()
      """
    #expect(try await LuaHarness().outcome(source) == "1, x, 2, 3")
  }

  @Test("a yield from outside a coroutine is an error of the recipe") func strayYield() async throws {
    let harness = try await LuaHarness()
    #expect(
      await harness.outcome("coroutine.yield(1)") == "runtime: r.lua:1: attempt to yield from outside a coroutine")
    #expect(await harness.outcome("return coroutine.isyieldable(), select(2, coroutine.running())") == "false, true")
  }

  @Test("a coroutine that waits for a host cannot be resumed") func foreignResume() async throws {
    let source = """
      local inner, main, answers
      local r = parallel({1, 2}, function(n)
        if n == 1 then
          main = coroutine.running()
          inner = coroutine.create(function() repeat wait() until answers return 'mine' end)
          return select(2, coroutine.resume(inner))
        end
        while not inner do wait() end
        answers = { coroutine.status(inner), select(2, coroutine.resume(inner)), select(2, coroutine.resume(main)),
          select(2, pcall(coroutine.close, inner)) }
        return answers
      end)
      return r
      """
    let refusal = "cannot resume a coroutine that waits for a host"
    #expect(
      try await LuaHarness().outcome(source)
        == "{mine {normal \(refusal) \(refusal) cannot close a normal coroutine}}")
  }

  @Test(
    "a finished branch is dead to the others",
    arguments: ["return 'result'", "error('no')", "wait() return 1, 2"])
  func finished(body: String) async throws {
    let source = """
      local branch
      pcall(parallel, {1}, function() branch = coroutine.running() \(body) end)
      return coroutine.status(branch), coroutine.resume(branch, print)
      """
    #expect(try await LuaHarness().outcome(source) == "dead, false, cannot resume dead coroutine")
  }

  @Test("parallel in parallel, each branch under its own number") func parallel() async throws {
    let source = """
      return parallel({1, 2}, function(a)
        return parallel({1, 2, 3}, function(b)
          wait()
          return coroutine.wrap(function() wait() return branch() end)()
        end)
      end)
      """
    #expect(try await LuaHarness().outcome(source) == "{{11 12 13} {21 22 23}}")
  }

  @Test("a waiting function as the body of a coroutine has no position") func bareBody() async throws {
    #expect(try await LuaHarness().outcome("return coroutine.wrap(where)(), where()") == "nil, r.lua:1")
  }
}
