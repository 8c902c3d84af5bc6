import Testing

@testable import Contract
@testable import Primitives
@testable import Recipes
@testable import Values

@Suite struct RecipeLintTests {
  private static let bundled = #filePath.components(separatedBy: "/Tests/")[0] + "/recipes"

  private static func findings(_ body: String, needs: String = "'files', 'run', 'root'") async throws -> [String] {
    let text = """
      recipe { summary = 'x', hosts = { { 'pi', 'A host' }, { 'all', 'Hosts', many = true } }, needs = { \(needs) },
      run = function(hosts)
      \(body)
      end }
      """
    let file = RecipeFile(name: "mine", path: "mine.lua", bytes: Array(text.utf8), origin: .path)
    let library = try await PrimitiveLibrary.load(
      [PrimitiveLayer(folder: bundled + "/primitives", .bundled)], besides: .builtIn)
    let lint = RecipeLint(.builtIn, with: library)
    return await lint.findings(in: file, with: try await RecipeReader.header(of: file)).map(\.description)
  }

  static let mistakes: [(body: String, message: String)] = [
    (
      "hosts.pi:service { 'cron', runing = true }",
      "mine.lua:3: bad argument 'runing' to 'service' (no such argument; did you mean 'running'?)"
    ),
    (
      "hosts.pi:service { 'cron', running = 1 }",
      "mine.lua:3: bad argument 'running' to 'service' (true or false expected, got 1)"
    ),
    (
      "hosts.pi:package { 'x', state = 'latest' }",
      "mine.lua:3: bad argument 'state' to 'package' (\"present\", \"newest\" or \"absent\" expected, got \"latest\")"
    ),
    (
      "hosts.pi:service { running = true }",
      "mine.lua:3: bad argument 'name' to 'service' (string expected, got nil)"
    ),
    (
      "hosts.pi:chmod('~/x', '0x8')",
      "mine.lua:3: bad argument 'mode' to 'chmod' (octal string such as \"0600\" or a change such as \"g-w,o-w\" expected, got \"0x8\")"
    ),
    (
      "local pi = hosts.pi pi:servise 'cron'",
      "mine.lua:3: hosts have no primitive 'servise'; did you mean 'service'?"
    ),
    (
      "local f = function(host) host:sudoers { 'a', rule = 'x' } end",
      "mine.lua:3: bad argument 'rule' to 'sudoers' (no such argument; did you mean 'rules'?)"
    ),
    (
      "parallel(hosts.all, function(pi) pi:hostname(1, 2) end)",
      "mine.lua:3: too many arguments to 'hostname' (2 given, 1 taken)"
    ),
    (
      "confirm { 'x', defalt = true }",
      "mine.lua:3: bad argument 'defalt' to 'confirm' (no such argument; did you mean 'default'?)"
    ),
    ("here:service ''", "mine.lua:3: \"\" is no name of a service"),
    (
      "hosts.pi:cron { 'a', at = '@dayly', command = 'x' }",
      "mine.lua:3: \"@dayly\" is no time for cron; expected five fields, or one such as @daily"
    ),
    ("hosts.pi:package { '-x' }", "mine.lua:3: \"-x\" is no name of a package"),
    (
      "hosts.pi:copy_id()",
      "mine.lua:3: 'copy_id' needs the permission \"keys\", which the recipe does not ask for"
    ),
  ]

  @Test(arguments: mistakes.indices) func `a mistake in a call is told with its line`(index: Int) async throws {
    let mistake = Self.mistakes[index]
    #expect(try await Self.findings(mistake.body) == [mistake.message])
  }

  static let right = [
    "local name = 'cron' hosts.pi:service { name, running = name ~= nil }",
    "local given = { 'cron', runing = true } hosts.pi:service(given)",
    "local text = 'x' text:find 'x' text:rep(3) ('x'):format(1)",
    "local queue = {} function queue.run(x) end queue:run { odd = 1 }",
    "for _, pi in ipairs(hosts.all) do pi:run { 'true', check = false } end",
    "hosts.pi:run('true', { timeout = 5 })",
    "local words = { 'a' } hosts.pi:package { words, state = 'absent' }",
    "hosts.pi:package { { table.unpack { 'a' } } }",
    "hosts.pi:write { '~/x', 'y' .. 1, mode = '600' }",
    "-- hosts.pi:servise()\n local s = [[hosts.pi:servise()]]",
    "if hosts.pi:status('~/x').exists then hosts.pi:remove '~/x' end",
    "local ask = function(x) end ask { odd = 1 }",
  ]

  @Test(arguments: right) func `nothing is said about a call that may be right`(body: String) async throws {
    #expect(try await Self.findings(body) == [])
  }

  @Test(arguments: ["raspi_passwordless", "synology_pair"]) func `the bundled recipes are right`(
    name: String
  ) async throws {
    let bytes = try LocalFiles.contents(of: "\(Self.bundled)/\(name).lua", limit: 1 << 20)
    let file = RecipeFile(name: name, path: name + ".lua", bytes: bytes, origin: .bundled)
    let lint = RecipeLint(.builtIn, with: .empty)
    #expect(await lint.findings(in: file, with: try await RecipeReader.header(of: file)) == [])
  }
}
