import Testing

@testable import Lua

@Suite("Lua: ending a run") struct LuaCancellationTests {
  /// Two nested wraps with pcall between, each with a variable to close.
  static let nested = """
    local function closing(name) return setmetatable({}, {__close = function() log(name) end}) end
    local a <close> = closing('outer')
    pcall(coroutine.wrap(function()
      local b <close> = closing('middle')
      pcall(coroutine.wrap(function()
        local c <close> = closing('inner')
        pcall(xpcall, wait_forever, log)
        log('survived 1')
      end))
      log('survived 2')
    end))
    log('survived 3')
    """

  @Test("a stop while waiting unwinds every coroutine, and no pcall survives it") func stop() async throws {
    let harness = try await LuaHarness()
    let run = Task { await harness.failure(Self.nested) }
    await eventually { harness.log.lines == ["waiting"] }
    harness.machine.stop(because: "Ctrl-C")
    let error = await run.value
    #expect(error?.kind == .stopped)
    #expect(error?.message == "Ctrl-C")
    #expect(harness.log.lines.filter { !$0.contains("kind=cancelled") } == ["waiting", "inner", "middle", "outer"])
    #expect(await harness.outcome("return 1") == "stopped: Ctrl-C")
  }

  @Test("so does a stop in nested coroutines started with resume") func stopResumed() async throws {
    let harness = try await LuaHarness()
    let source = """
      local function closing(name) return setmetatable({}, {__close = function() log(name) end}) end
      coroutine.resume(coroutine.create(function()
        local a <close> = closing('outer')
        coroutine.resume(coroutine.create(function()
          local b <close> = closing('inner')
          wait_forever()
        end))
        log('survived 1')
      end))
      log('survived 2')
      """
    let run = Task { await harness.failure(source) }
    await eventually { harness.log.lines == ["waiting"] }
    harness.machine.stop(because: "Ctrl-C")
    #expect(await run.value?.description == "r.lua:6: Ctrl-C")
    #expect(harness.log.lines == ["waiting", "inner", "outer"])
  }

  @Test("cancelling the task of one call ends that call alone") func cancelOne() async throws {
    let harness = try await LuaHarness()
    let run = Task { await harness.failure(Self.nested) }
    await eventually { harness.log.lines == ["waiting"] }
    run.cancel()
    #expect(await run.value?.kind == .cancelled)
    #expect(harness.log.lines.filter { !$0.contains("kind=cancelled") } == ["waiting", "inner", "middle", "outer"])
    #expect(await harness.outcome("return wait(1)") == "1")
  }

  @Test("the error of a stop names the waiting line") func position() async throws {
    let harness = try await LuaHarness()
    let run = Task { await harness.failure("local function f()\n  wait_forever()\nend\npcall(f)") }
    await eventually { harness.log.lines == ["waiting"] }
    harness.machine.stop(because: "timeout")
    #expect(await run.value?.description == "r.lua:2: timeout")
  }

  @Test("a loop inside pcall is stopped from another thread") func stopLoop() async throws {
    var limits = LuaLimits.standard
    limits.sliceTime = .seconds(60)
    let harness = try await LuaHarness(limits: limits)
    let run = Task { await harness.failure("log('in')\nwhile true do pcall(function() while true do end end) end") }
    await eventually { harness.log.lines == ["in"] }
    harness.machine.stop(because: "enough")
    #expect(await run.value?.description == "r.lua:2: enough")
  }

  @Test("while a run ends, <close> cannot wait and cannot run for ever") func unwinding() async throws {
    var limits = LuaLimits.standard
    limits.unwindingTime = .milliseconds(50)
    let harness = try await LuaHarness(limits: limits)
    let source = """
      local a <close> = setmetatable({}, {__close = function() while true do end end})
      local b <close> = setmetatable({}, {__close = function() log('asks') wait() log('waited') end})
      wait_forever()
      """
    let run = Task { await harness.failure(source) }
    await eventually { harness.log.lines == ["waiting"] }
    harness.machine.stop(because: "enough")
    #expect(await run.value?.kind == .stopped)
    #expect(harness.log.lines == ["waiting", "asks"])
  }

  @Test("once the time for <close> is over, no further <close> runs") func expired() async throws {
    var limits = LuaLimits.standard
    limits.unwindingTime = .milliseconds(50)
    let harness = try await LuaHarness(limits: limits)
    let source = """
      local function nested(n)
        local c <close> = setmetatable({}, {__close = function() log('late') end})
        if n > 0 then return nested(n - 1), 1 end
        local d <close> = setmetatable({}, {__close = function() while true do end end})
        wait_forever()
      end
      nested(100)
      """
    let run = Task { await harness.failure(source) }
    await eventually { harness.log.lines == ["waiting"] }
    harness.machine.stop(because: "enough")
    #expect(await run.value?.kind == .stopped)
    #expect(harness.log.lines == ["waiting"])
  }

  @Test("a branch that fails cancels its siblings when the host's group does so") func siblings() async throws {
    let harness = try await LuaHarness()
    let source = """
      local ok, e = pcall(parallel, {1, 2}, function(n)
        if n == 1 then wait_refuse() end
        local c <close> = setmetatable({}, {__close = function() log('closed') end})
        wait_forever()
      end)
      return ok, e.kind, e.status, wait('goes on')
      """
    #expect(await harness.outcome(source) == "false, exit, 3, goes on")
    #expect(harness.log.lines.suffix(1) == ["closed"])
  }

  @Test("a closed machine answers with an error") func closed() async throws {
    let harness = try await LuaHarness()
    let chunk = try await harness.machine.load(Array("wait_forever()".utf8), name: "r.lua")
    let run = Task { try await harness.machine.call(chunk) }
    await eventually { harness.log.lines == ["waiting"] }
    await harness.machine.close()
    await #expect(throws: LuaError.self) { try await run.value }
    await #expect(throws: LuaError(kind: .stopped, message: "the machine is closed")) {
      try await harness.machine.load([], name: "x")
    }
  }
}
