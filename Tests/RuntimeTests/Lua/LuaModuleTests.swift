import Foundation
import Testing

@testable import Lua

@Suite("Lua: modules") struct LuaModuleTests {
  private static func harness(_ modules: [String: String]) async throws -> LuaHarness {
    let harness = try await LuaHarness()
    await harness.machine.setModules { name in
      modules[name].map { (Array($0.utf8), name.replacing(".", with: "/") + ".lua") }
    }
    return harness
  }

  @Test("a module runs once and gives its value to every caller") func once() async throws {
    let harness = try await Self.harness([
      "util": "log('runs', ...) local M = {} function M.twice(x) return wait(x) * 2 end return M",
      "keys.agent": "x = 1",
    ])
    #expect(
      await harness.outcome(
        "return require('util').twice(4), require 'util' == require 'util', require 'keys.agent', x")
        == "8, true, true, nil")
    #expect(harness.log.lines == ["runs util"])
  }

  @Test(
    "problems with a module are reported at the line of its require",
    arguments: [
      ("require 'nowhere'", "native: r.lua:1: module 'nowhere' not found"),
      (
        "require '../etc/passwd'",
        "native: r.lua:1: '../etc/passwd' is not a module name: lower-case letters, digits and '_', in parts separated by '.'"
      ),
      (
        "require 'a..b'",
        "native: r.lua:1: 'a..b' is not a module name: lower-case letters, digits and '_', in parts separated by '.'"
      ),
      ("require(5)", "runtime: r.lua:1: bad argument #1 to 'require' (string expected, got number)"),
      ("require 'one'", "native: two.lua:1: modules require each other: one -> two -> one"),
      ("require 'broken'", "native: broken.lua:2: unexpected symbol near '='"),
      ("require 'fails'", "runtime: fails.lua:1: not today"),
      ("require 'waits'", "native: waits.lua:1: \(LuaSuspensionTests.place)"),
      ("pcall(require, 'fails') return select(2, pcall(require, 'fails'))", "fails.lua:1: not today"),
    ])
  func wrong(source: String, expected: String) async throws {
    let harness = try await Self.harness([
      "one": "return require 'two'", "two": "return require 'one'", "broken": "\nx = = 1",
      "fails": "error('not today')", "waits": "wait()",
    ])
    #expect(await harness.outcome(source) == expected)
  }

  @Test("a stop while a module loads, or while its top level runs, ends the run there") func stopped()
    async throws
  {
    let harness = try await LuaHarness()
    let machine = harness.machine
    await machine.define(
      "halt",
      .immediate { _ in
        machine.stop(because: "enough")
        return []
      })
    await machine.setModules { _ in (Array("log('runs') pcall(halt) while true do end".utf8), "runs.lua") }
    #expect(await harness.outcome("pcall(require, 'runs') log('survived')") == "stopped: runs.lua:1: enough")
    #expect(harness.log.lines == ["runs"])
    let late = try await LuaHarness()
    let other = late.machine
    await other.setModules { _ in
      other.stop(because: "enough")
      return (Array("log('runs')".utf8), "late.lua")
    }
    #expect(await late.outcome("pcall(require, 'late') log('survived')").hasSuffix("enough"))
    #expect(late.log.lines == [])
  }

  @Test("an error in a module has the module's frames and the recipe's") func traceback() async throws {
    let harness = try await Self.harness(["fails": "local function f() error('x') end\nf()"])
    let error = await harness.failure("\nrequire 'fails'")
    #expect(error?.traceback.map { "\($0.position)" } == ["fails.lua:1", "fails.lua:2", "r.lua:2"])
  }

  @Test("modules are found inside the recipe's folder and nowhere else") func files() throws {
    let manager = FileManager.default
    let base = manager.temporaryDirectory.appending(path: "modules-\(UUID().uuidString)")
    defer { try? manager.removeItem(at: base) }
    let folder = base.appending(path: "recipe")
    try manager.createDirectory(at: folder.appending(path: "keys"), withIntermediateDirectories: true)
    try "return 1".write(to: folder.appending(path: "keys/agent.lua"), atomically: true, encoding: .utf8)
    try "return 2".write(to: base.appending(path: "outside.lua"), atomically: true, encoding: .utf8)
    try manager.createSymbolicLink(
      at: folder.appending(path: "inside.lua"), withDestinationURL: folder.appending(path: "keys/agent.lua"))
    try manager.createSymbolicLink(
      at: folder.appending(path: "leak.lua"), withDestinationURL: base.appending(path: "outside.lua"))
    try manager.createDirectory(at: folder.appending(path: "folder.lua"), withIntermediateDirectories: true)
    try Data(count: (1 << 20) + 1).write(to: folder.appending(path: "big.lua"))
    #expect(mkfifo(folder.appending(path: "pipe.lua").path(), 0o600) == 0)

    let path = folder.path()
    let modules = RecipeModules(folder: path, shownAs: "recipes/raspi")
    func found(_ name: String) -> String {
      do {
        let module = try modules.load(name)
        return module.map { "\($0.chunkName): \(String(decoding: $0.source, as: UTF8.self))" } ?? "nil"
      } catch {
        return "\(error)"
      }
    }
    #expect(found("keys.agent") == "recipes/raspi/keys/agent.lua: return 1")
    #expect(found("inside") == "recipes/raspi/inside.lua: return 1")
    #expect(found("none") == "module 'none' not found (looked for \(path)/none.lua)")
    #expect(
      found("leak") == "module 'leak' is a link that leads out of the recipe's folder (looked for \(path)/leak.lua)")
    #expect(found("folder") == "module 'folder' is not a regular file (looked for \(path)/folder.lua)")
    #expect(found("pipe") == "module 'pipe' is not a regular file (looked for \(path)/pipe.lua)")
    #expect(found("big") == "module 'big' is larger than 1 MB (looked for \(path)/big.lua)")
  }
}
