import Testing

@testable import Diagnosis
@testable import Lua
@testable import Recipes
@testable import Runs
@testable import Sharing

/// What waits begins the time of a stretch anew, so that only the total ends it.
@Suite struct RunLimitTests {
  private static var small: LuaLimits {
    var limits = LuaLimits.standard
    limits.instructions = 1_000_000
    return limits
  }

  @Test(
    arguments: [
      "while true do step 'x' end", "while true do pcall(function() while true do step 'x' end end) end",
      "step 'x' while true do parallel({ 1, 2 }, function() note 'y' end) end", "step 'x' while true do print 'y' end",
    ])
  func `a loop that never ends and always waits is ended`(body: String) async throws {
    let played = try await RunStage(limits: Self.small).play(
      "recipe { summary = 'x', run = function()\n\(body)\nend }")
    let failure = try #require(played.failures.first)
    #expect(failure.kind == .limit)
    #expect(failure.message == "the recipe used up its instructions")
    #expect(
      failure.explanation
        == "a recipe may go on for 2 seconds without waiting for anything, and use 1 million instructions in all")
    #expect(failure.position == "mine.lua:2")
    #expect(failure.step == "x")
  }

  @Test(arguments: ["note", "warn", "step", "print"])
  func `a recipe that talks without end is ended before it fills memory`(word: String) async throws {
    let played = try await RunStage().play(
      "recipe { summary = 'x', run = function()\nlocal s = ('x'):rep(1 << 20)\nwhile true do \(word)(s) end\nend }")
    let failure = try #require(played.failures.first)
    #expect(failure.kind == .limit)
    #expect(failure.message == "the recipe has said more than a person can read (limit is 16777216 bytes)")
    #expect(failure.position == "mine.lua:3")
  }

  @Test func `what calls in progress hold outside the recipe's memory is limited, and nested branches count`()
    async throws
  {
    let played = try await RunStage().play(
      """
      recipe { summary = 'x', run = function()
        local s = ('x'):rep(15000000)
        local function nested() parallel({ s }, nested) end
        nested()
      end }
      """)
    let failure = try #require(played.failures.first)
    #expect(failure.kind == .limit)
    #expect(failure.message == "the recipe's calls hold more than 256 MB at a time")
  }

  @Test func `what branches return counts until all have ended`() async throws {
    let played = try await RunStage().play(
      """
      recipe { summary = 'x', run = function()
        local s, items = ('x'):rep(15000000), {}
        for i = 1, 100 do items[i] = i end
        parallel(items, function() return s end)
      end }
      """)
    let failure = try #require(played.failures.first)
    #expect(failure.failures.contains { $0.message == "the recipe's calls hold more than 256 MB at a time" })
  }

  @Test func `more branches at a time than a computer can take are refused, and an endless row of them is not`()
    async throws
  {
    let played = try await RunStage().play(
      """
      recipe { summary = 'x', run = function()
        for i = 1, 200 do parallel({ 1, 2 }, function() end) end
        local items = {}
        for i = 1, 10001 do items[i] = i end
        parallel(items, function() end)
      end }
      """)
    #expect(played.failures.map(\.message) == ["more than 10000 branches of `parallel` at a time"])
  }

  @Test func `every machine has a total, those that only declare a smaller one`() throws {
    let setup = RunStage().setup([], RunStage.Silent(), Lines())
    #expect(setup.limits.instructions == 10_000_000_000)
    #expect(LuaLimits.declarations.instructions == 20_000_000)
  }

  private static let endless = "for i = 1, math.huge do end"
  private static let message = ":1: the recipe used up its instructions"

  @Test func `what only declares is ended soon`() async {
    let recipe = await #expect(throws: RecipeError.self) {
      try await RecipeReader.header(of: RunStage.file(Self.endless))
    }
    #expect(recipe?.description == "mine.lua" + Self.message)
    let platform = await #expect(throws: PlatformError.self) {
      try await PlatformLibrary.load([.files([(name: "p.lua", bytes: Array(Self.endless.utf8))])])
    }
    #expect(platform.map { "\($0)".hasSuffix(Self.message) } == true)
    let repository = await #expect(throws: RecipeError.self) {
      try await RepositoryDeclaration.read(RepositoryContents(files: ["repository.lua": Array(Self.endless.utf8)]))
    }
    #expect(repository?.description == "repository.lua" + Self.message)
  }

  @Test func `a file of the largest size that is nothing but tables can be read`() async throws {
    let rows = String(repeating: "{ 1, 2, 3, name = 'x' },\n", count: RecipeFinder.sizeLimit / 26)
    let source = "local t = {\n\(rows)}\nfor _, row in ipairs(t) do row.name = row.name .. #t end\n"
    let header = try await RecipeReader.header(
      of: RunStage.file(source + "recipe { summary = 'x', run = function() end }"))
    #expect(header.summary == "x")
  }
}
