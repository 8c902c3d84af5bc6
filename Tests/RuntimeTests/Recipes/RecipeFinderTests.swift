import Foundation
import Testing

@testable import Recipes

@Suite("finding recipes")
final class RecipeFinderTests {
  let root: String

  init() throws {
    root = NSTemporaryDirectory() + "recipe-finder-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func write(_ path: String, _ text: String = "") throws {
    let url = URL(fileURLWithPath: root + "/" + path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func finder() -> RecipeFinder {
    let environment = [
      "XDG_CONFIG_HOME": root + "/config", "SSH_RECIPES_PATH": root + "/extra", "SSH_RECIPES_DATA": root + "/data",
    ]
    return RecipeFinder(places: RecipePlaces(environment: environment, executable: nil))
  }

  @Test("the user's own recipe wins over the bundled recipe of the same name")
  func precedence() throws {
    try write("data/recipes/pair.lua", "bundled")
    try write("data/recipes/other.lua", "other")
    try write("config/ssh-recipes/recipes/pair.lua", "own")
    try write("extra/extra.lua", "extra")
    try write("extra/extra_test.lua", "a test is not a recipe")
    let pair = try finder().find("pair")
    #expect(
      pair
        == RecipeFile(
          name: "pair", path: root + "/config/ssh-recipes/recipes/pair.lua", bytes: Array("own".utf8), origin: .user))
    #expect(pair.chunkName == "pair.lua")
    #expect(pair.folder == root + "/config/ssh-recipes/recipes")
    let listed = try finder().list()
    #expect(listed.map(\.name) == ["extra", "other", "pair"])
    #expect(listed.map(\.origin) == [.user, .bundled, .user])
  }

  @Test("a path is used as given, even with a recipe of the same name")
  func path() throws {
    try write("data/recipes/pair.lua", "bundled")
    try write("mine/pair.lua", "mine")
    let file = try finder().find(root + "/mine/pair.lua")
    #expect(file.origin == .path)
    #expect(file.bytes == Array("mine".utf8))
    #expect(throws: RecipeNotFound.noFile(path: "pair.lua")) { try finder().find("pair.lua") }
  }

  @Test("an unknown name shows the nearest name and the searched folders")
  func unknown() throws {
    try write("data/recipes/synology_pair.lua")
    #expect {
      try finder().find("synology_pear")
    } throws: { error in
      "\(error)" == """
        there is no recipe "synology_pear"; did you mean "synology_pair"? (looked in \(self.root)/extra, \
        \(self.root)/config/ssh-recipes/recipes, \(self.root)/data/recipes)
        """
    }
  }

  @Test("an unreadable file is an error, not a missing recipe")
  func unreadable() throws {
    try FileManager.default.createDirectory(
      atPath: root + "/data/recipes/folder.lua", withIntermediateDirectories: true)
    #expect(
      throws: RecipeNotFound.unreadable(path: root + "/data/recipes/folder.lua", reason: "is a directory")
    ) { try finder().find("folder") }
  }

  @Test("an installed program finds its recipes under share, another has them built in")
  func data() throws {
    try write("usr/share/ssh-recipes/recipes/a.lua")
    try write("checkout/recipes/platforms/debian.lua")
    let installed = RecipePlaces(environment: ["HOME": "/home/u"], executable: root + "/usr/bin/ssh-recipes")
    #expect(
      installed.recipes == [
        .init("/home/u/.config/ssh-recipes/recipes", .user), .init(root + "/usr/share/ssh-recipes/recipes", .bundled),
      ])
    #expect(
      installed.platforms == [
        root + "/usr/share/ssh-recipes/recipes/platforms", "/home/u/.config/ssh-recipes/platforms",
      ])
    let built = RecipePlaces(environment: [:], executable: root + "/checkout/.build/debug/ssh-recipes")
    #expect(built.recipes == [.init("(built in)", .bundled)])
  }

  @Test("the recipes in the program are those of the folder recipes")
  func builtIn() throws {
    let folder = URL(fileURLWithPath: #filePath).appending(path: "../../../../recipes").standardized
    let paths = try #require(FileManager.default.subpaths(atPath: folder.path)).filter { $0.hasSuffix(".lua") }
    #expect(BuiltInRecipes.files.keys.sorted() == paths.sorted())
    for path in paths {
      #expect(BuiltInRecipes.files[path] == Array(try Data(contentsOf: folder.appending(path: path))))
    }
    let finder = RecipeFinder(places: RecipePlaces(environment: [:], executable: "/tmp/bin/ssh-recipes"))
    #expect(finder.names() == ["raspi_passwordless", "synology_pair"])
    #expect(try finder.find("synology_pair").bytes == BuiltInRecipes.files["synology_pair.lua"])
  }

  @Test("platforms built in are those of the folder")
  func builtInPlatforms() async throws {
    let layers = RecipePlaces(environment: [:], executable: nil).platformLayers(with: [])
    #expect(try await PlatformLibrary.load(layers).contains { $0.name == "synology_dsm7" })
  }

  @Test("platforms above a program, or where another account could have put them, are none")
  func foreignData() throws {
    let builtIn = [BuiltInRecipes.folder + "/platforms"]
    try write("recipes/platforms/debian.lua")
    #expect(RecipePlaces(environment: [:], executable: root + "/somewhere/ssh-recipes").platforms == builtIn)
    try write("usr/share/ssh-recipes/recipes/platforms/debian.lua")
    chmod(root + "/usr/share/ssh-recipes/recipes", 0o777)
    #expect(RecipePlaces(environment: [:], executable: root + "/usr/bin/ssh-recipes").platforms == builtIn)
  }
}
