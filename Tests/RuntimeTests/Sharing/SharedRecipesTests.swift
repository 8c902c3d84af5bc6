import Testing

@testable import Recipes
@testable import Sharing

@Suite("the recipes of a repository, many and slow")
struct SharedRecipesTests {
  private static func recipes(_ files: [String: String]) -> SharedRecipes {
    let contents = RepositoryContents(files: files.mapValues { Array($0.utf8) })
    let locked = LockedRepository(
      name: "acme", url: "/srv/acme", ref: "HEAD", commit: String(repeating: "1", count: 40),
      contentHash: contents.contentHash)
    return SharedRecipes(locked, contents, path: "/nowhere")
  }

  private static func texts(_ entries: [SharedRecipes.Entry]) -> [String] {
    entries.map { name, header in
      switch header {
      case .success(let header): "\(name): \(header.summary)"
      case .failure(let error): "\(name): \(error)"
      }
    }
  }

  @Test("endless recipes take no longer than the time limit for all; the others report why they were not read")
  func endless() async throws {
    let names = (100..<200).map { "r\($0)" }
    let files = names.map { ("recipes/\($0).lua", "while true do end") }
    let recipes = Self.recipes(Dictionary(uniqueKeysWithValues: files))
    let entries = await recipes.headers(within: .seconds(1))
    #expect(entries.map(\.name) == names)
    let texts = Self.texts(entries)
    let read = texts.prefix { $0.hasSuffix(".lua:1: the recipe used up its instructions") }
    #expect(!read.isEmpty)
    // The number of recipes per second of processor time depends on the computer.
    let unread = names.dropFirst(read.count).map {
      "\($0): acme/\($0).lua: not read: the preceding recipes together took longer than 1 s"
    }
    #expect(!unread.isEmpty && Array(texts.dropFirst(read.count)) == unread)
  }

  @Test("each recipe is read, or has an error")
  func all() async {
    let one = "recipe { summary = 'One', run = function() end }"
    let recipes = Self.recipes([
      "recipes/a.lua": one, "recipes/b.lua": "error 'no'", "recipes/c.lua": one, "recipes/module.lua": "return nil",
    ])
    #expect(Self.texts(await recipes.headers()) == ["a: One", "b: acme/b.lua:1: no", "c: One"])
    let unread = "not read: the preceding recipes together took longer than 0 s"
    #expect(
      Self.texts(await recipes.headers(within: .zero))
        == ["a", "b", "c", "module"].map { "\($0): acme/\($0).lua: \(unread)" })
  }

  @Test("an update with unreadable recipes counts as one that may add permissions")
  func unreadUpdate() async {
    let text = "recipe { summary = 'One', run = function() end }"
    let (old, new) = (Self.recipes(["recipes/a.lua": text]), Self.recipes(["recipes/a.lua": text + " error 'x'"]))
    let broken = await RepositoryDifference.between(old, and: new)
    #expect(broken.isWider)
    let mended = await RepositoryDifference.between(new, and: old)
    #expect(!mended.isWider)
  }

  @Test("each file is read once, for any number of recipes")
  func readOnce() throws {
    let module = "return nil\n" + String(repeating: "local a = a\n", count: 40_000)
    var files = ["recipes/lib/large.lua": module, "recipes/lib/other.lua": "return require 'lib.large'"]
    for number in 0..<200 {
      files["recipes/named_\(number).lua"] = "require 'lib.other'"
      files["recipes/open_\(number).lua"] = "local r = require"
    }
    let recipes = Self.recipes(files)
    var counts: Set<Int> = []
    let time = processorTime {
      for name in recipes.names { counts.insert(recipes.file(name)?.companions?.count ?? 0) }
    }
    #expect(counts == [3, 402])
    #expect(time < .seconds(30), "\(time)")
  }
}
