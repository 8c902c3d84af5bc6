import Foundation
import Testing

@testable import Contract
@testable import Hosts
@testable import Lua
@testable import Primitives
@testable import Recipes
@testable import Runs
@testable import Values

@Suite struct RunSandboxTests {
  /// Given the names of the globals, the members of hosts, `hosts`, `params` and a file. Results of calls are walked as well; what
  /// a host alone decides is left out of them.
  private static let walk = """
    local names, members, hosts, params, file = ...
    local given = { hosts = hosts, params = params }
    local function call(name, ...) given['= ' .. name] = ... end
    call('chmod', here:chmod(file, '600'))
    call('read', here:read(file))
    call('status', here:status(file))
    call('run', here:run('true', { reads = true }))
    local facts = here:facts()
    facts.clicks, facts.notes, facts.commands = nil, nil, nil
    call('facts', facts)
    call('pcall', select(2, pcall(here.chmod, here, '/nowhere/at/all', '600')))
    call('pcall of wrong arguments', select(2, pcall(here.chmod, here, {})))
    call('secret', secret 'x')
    call('ask', ask { 'x', default = 'y' })
    call('confirm', confirm 'x')
    call('step', step 'x')
    call('parallel', parallel({ hosts.pi }, function(host) return host end))
    local seen, out = {}, {}
    local function visit(value, path)
      local meta = getmetatable(value)
      if type(value) == 'function' then out[#out + 1] = path .. '()' return end
      if type(value) ~= 'table' then
        out[#out + 1] = path .. ' ' .. type(value)
        if type(meta) == 'table' then visit(meta, path .. '<meta>') end
        return
      end
      if seen[value] then return end
      seen[value] = true
      for k, v in pairs(value) do visit(v, path == '' and tostring(k) or path .. '.' .. tostring(k)) end
      if type(meta) == 'table' then visit(meta, path .. '<meta>') end
    end
    for _, name in ipairs(names) do visit(_G[name], name) end
    for k, v in pairs(_G) do visit(v, k) end
    for _, name in ipairs(members) do visit(hosts.pi[name], 'hosts.pi.' .. name) end
    for k, v in pairs(given) do visit(v, k) end
    table.sort(out)
    return table.concat(out, '\\n')
    """

  /// All that a recipe can reach beside the sandbox itself, for which there is `globals.txt`: the primitives of the
  /// catalogue, and the lines of `run.txt`.
  @Test func `a recipe reaches the primitives, the members of hosts and the fields of results, and nothing else`()
    async throws
  {
    let reached = try await Scene.with { scene in
      try scene.write("file", mode: 0o644)
      let file = RunStage.file(
        "recipe { summary = 'x', hosts = { { 'pi', 'h' } }, params = { { 'p', 'h', default = 1 } }, run = function() end }"
      )
      let header = try await RecipeReader.header(of: file)
      let target = try Target(parsing: "me@pi:22")
      let run = try RunStage().run(
        file, LocalFactory(home: scene.folder),
        RoleAssignment(entries: [.init(role: RecipeRole("pi", "h"), targets: [target])]))
      _ = try await run.load(asReadBefore: header)
      run.grant(Set(Permission.allCases))
      let members = Array(Bindings(run: run).hostKind.methods.keys) + Bindings.fields
      func list(_ names: [String]) -> LuaValue { .list(names.sorted().map { .string($0) }) }
      let chunk = try await run.machine.load(Array(Self.walk.utf8), name: "walk.lua")
      let names = await run.machine.globalNames
      let host = LuaValue.object(LuaObject(kind: HostArgument.objectKind, id: 1))
      let text = try await run.machine.call(
        chunk,
        [
          list(names), list(members), .table(["pi": host]),
          .table(LuaTable(fields: RecipeSettings([], for: header.parameters).luaFields)),
          .string(scene.path("file")),
        ]
      ).first?.text
      await run.close(as: .done)
      await run.computer.close()
      return text ?? ""
    }
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Fixtures/lua")
    let bare = try Set(Self.lines(of: folder.appending(path: "globals.txt")))
    let lines = reached.split(separator: "\n").map(String.init)
    #expect(bare.isSubset(of: lines + ["getmetatable(\"\") boolean"]))
    let primitives = Catalogue.builtIn.primitives.map { $0.scope == .host ? "hosts.pi.\($0.name)()" : "\($0.name)()" }
    let listed = try Self.lines(of: folder.appending(path: "run.txt"))
    let found = lines.filter { !bare.contains($0) }
    #expect(found == Set(found).sorted(), "a line twice")
    for line in Set(found).subtracting(primitives + listed).sorted() {
      Issue.record(
        "a recipe reaches something new; if that is right, add the line to Tests/Fixtures/lua/run.txt: \(line)")
    }
    for line in Set(primitives + listed).subtracting(found).sorted() {
      Issue.record("a recipe does not reach this any more; take the line out of Tests/Fixtures/lua/run.txt: \(line)")
    }
    #expect(Set(primitives).isDisjoint(with: listed), "the primitives come from the catalogue, not from run.txt")
  }

  private static func lines(of file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}
