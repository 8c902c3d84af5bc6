import CLua
import Foundation
import Testing

@testable import Lua
@testable import Values

@Suite("Lua: the watchdog") struct LuaWatchdogTests {
  @Test("a stretch that hangs inside one C function is reported, and the process would end") func hang() async throws {
    let log = LuaHarness.Log()
    let watchdog = LuaWatchdog()
    watchdog.configure(patience: .milliseconds(200)) { report in
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
        let deadline = Date(timeIntervalSinceNow: 10)
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
}
