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
    (
      "local home = hosts.pi:status '~' if home.exsits then end",
      "mine.lua:3: the result of status has no field 'exsits'; did you mean 'exists'?"
    ),
    (
      "local done = here:run 'x'; print(done.stauts)",
      "mine.lua:3: the result of run has no field 'stauts'; did you mean 'status'?"
    ),
    ("hosts.po:run 'x'", "mine.lua:3: 'hosts' has no field 'po'; did you mean 'pi'?"),
  ]

  @Test(arguments: mistakes.indices) func `a mistake in a call is told with its line`(index: Int) async throws {
    let mistake = Self.mistakes[index]
    #expect(try await Self.findings(mistake.body) == [mistake.message])
  }

  /// A repository with a recipe, a module, and two primitives with a module.
  private static func findings(_ files: [String: String], needs: String = "'files'") async throws -> [String] {
    let recipe = files["mine.lua"].map {
      "recipe { summary = 'x', needs = { \(needs) }, run = function(hosts) \($0) end }"
    }
    var bytes = files.mapValues { Array($0.utf8) }
    bytes["mine.lua"] = recipe.map { Array($0.utf8) }
    let file = RecipeFile(
      name: "acme/mine", path: "mine.lua", bytes: bytes["mine.lua"] ?? [], origin: .shared(repository: "acme"),
      companions: bytes)
    let primitives = bytes.filter { $0.key.hasPrefix("primitives/") }
    let layer = PrimitiveLayer(
      files: Dictionary(uniqueKeysWithValues: primitives.map { (String($0.key.dropFirst(11)), $0.value) }),
      repository: "acme")
    let library = try await PrimitiveLibrary.load([layer], besides: .builtIn)
    return await RecipeLint(.builtIn, with: library)
      .findings(in: file, with: try await RecipeReader.header(of: file)).map(\.description)
  }

  private static func primitive(_ body: String, top: String = "") -> String {
    top + "primitive { summary = 'X.', needs = { 'files' }, example = 'x', body = function(host, args) \(body) end }"
  }

  @Test func `modules are checked, and so are the called primitives of a repository with theirs`() async throws {
    let found = try await Self.findings([
      "mine.lua": "local m = require 'lib.m'; here:odd(); m.work(here); here:write('~/x')",
      "lib/m.lua": "require('lib.n') return { work = function(host)\nhost:chmod('~/x', 9) here:reed() end }",
      "lib/n.lua": "return function(host) host:write { '~/x', text = 1 } end",
      "primitives/odd.lua": Self.primitive("host:run 'true'\nhost:reed()", top: "require 'primitives.lib.m' "),
      "primitives/lib/m.lua": "return function(host) host:keygen() end",
      "primitives/unused.lua": Self.primitive("host:reed()"),
    ])
    #expect(
      found == [
        "acme/mine.lua:1: bad argument 'contents' to 'write' (string expected, got nil)",
        "acme/lib/m.lua:2: bad argument 'mode' to 'chmod' (octal string such as \"0600\" or a change such as \"g-w,o-w\" expected, got 9)",
        "acme/lib/m.lua:2: hosts have no primitive 'reed'; did you mean 'read'?",
        "acme/primitives/odd.lua:1: 'odd' calls 'run', which needs the permission \"run\", and does not ask for it",
        "acme/primitives/odd.lua:2: hosts have no primitive 'reed'; did you mean 'read'?",
        "acme/lib/n.lua:1: bad argument 'text' to 'write' (no such argument)",
        "acme/primitives/lib/m.lua:1: 'odd' calls 'keygen', which needs the permission \"keys\", and does not ask for it",
      ])
  }

  static let checks: [(check: String, message: String)] = [
    ("fail { message = 'no' }", "no"),
    (
      "local x = nil + 1",
      "the check of 'odd' ended with an error of its own: acme/primitives/odd.lua:1: attempt to perform arithmetic on a nil value"
    ),
    (
      "while true do end",
      "the check of 'odd' ended with an error of its own: acme/primitives/odd.lua:1: it used up its instructions"
    ),
    (
      "here:write('~/x', 'y')",
      "the check of 'odd' ended with an error of its own: acme/primitives/odd.lua:1: attempt to index a nil value (global 'here')"
    ),
  ]

  @Test(arguments: checks.indices) func `a check that fails by itself is told as such`(index: Int) async throws {
    let test = Self.checks[index]
    let odd = """
      primitive { summary = 'X.', needs = { 'files' }, example = 'x', check = function() \(test.check) end,
      body = function() end }
      """
    let found = try await Self.findings(["mine.lua": "here:odd()", "primitives/odd.lua": odd])
    #expect(found == ["acme/mine.lua:1: \(test.message)"])
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
    "local home = hosts.pi:status '~' home = { odd = 1 } print(home.odd)",
    "local home = hosts.pi:status '~' for home in pairs { 'x' } do print(home.odd) end",
    "local home = hosts.pi:status '~' or { odd = 1 } print(home.odd)",
    "local home = hosts.pi:status('~').exists print(home.odd)",
    "local home = hosts.pi:status '~' print(home.exists, home.changed, { home = 1 }, x.home.odd)",
    "local file, home = hosts.pi:status '~', {} print(home.odd)",
    "local function f(home) return home.odd end local home = hosts.pi:status '~'",
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
