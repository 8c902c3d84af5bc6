import CLua
import Foundation
import Testing

@testable import Lua
@testable import Values

@Suite("Lua: the watchdog") struct LuaWatchdogTests {
  @Test("a stretch that hangs inside one C function is reported, and the process would end") func hang() async throws {
    let log = LuaHarness.Log()
    let watchdog = LuaWatchdog()
    watchdog.configure(timeout: .milliseconds(200)) { report in
      log.add("\(report.name) \(report.branch) \(report.position.map { "\($0)" } ?? "-")")
    }
    watchdog.configure(end: { log.add("ended") })
    let core = try LuaCore(limits: .standard, name: "raspi on pi")
    core.control.onHang = { log.add("hosts of \($0.name) closed") }
    watchdog.watch(core.control)
    core.define(
      "hang",
      .immediate(takesPosition: true) { _ in
        // Stands for a C function that does not return; ends once the watchdog has reported.
        let deadline = Date(timeIntervalSinceNow: 600)
        while log.lines.count < 3, Date.now < deadline { Thread.sleep(forTimeInterval: 0.01) }
        return []
      })
    let main = try #require(sr_main(try core.run))
    try core.compile(Array("\nhang()".utf8), name: "raspi.lua", main)
    let chunk = LuaFunctionReference(slot: luaL_ref(main, sr_registry_index()))
    let coroutine = try core.coroutine(chunk, [])
    _ = try core.resume(coroutine, 1, 7, cancelled: false, false, [])
    #expect(Array(log.lines.prefix(3)) == ["hosts of raspi on pi closed", "raspi on pi 7 raspi.lua:2", "ended"])
  }

  @Test("a stretch that goes on beats, and a machine that waits does not") func beats() async throws {
    let log = LuaHarness.Log()
    let core = try LuaCore(limits: .standard, name: "raspi on pi")
    let control = core.control
    core.define(
      "look",
      .immediate { _ in
        log.add("\(sr_control_beat(control.pointer))")
        return []
      })
    let main = try #require(sr_main(try core.run))
    try core.compile(Array("for i = 1, 3 do for i = 1, 10000 do end look() end".utf8), name: "raspi.lua", main)
    #expect(sr_control_beat(control.pointer) == 0)
    let chunk = LuaFunctionReference(slot: luaL_ref(main, sr_registry_index()))
    _ = try core.resume(try core.coroutine(chunk, []), 1, 0, cancelled: false, false, [])
    #expect(sr_control_beat(control.pointer) == 0)
    #expect(Set(log.lines).count == 3 && !log.lines.contains("0"), "\(log.lines)")
  }

  @Test("only looks at one and the same beat count") func stillness() {
    var stillness = LuaWatchdog.Stillness()
    let looks = [0, 0, 5, 5, 5, 6, 6, 0, 0, 6].map { (beat: UInt64) in
      stillness.look(at: beat)
      return stillness.looks
    }
    #expect(looks == [0, 0, 0, 1, 2, 0, 1, 0, 0, 0])
  }
}
