import Foundation
import Testing

@testable import Recipes
@testable import Runs

@Suite("the listings of docs/writing-primitives.md")
struct PrimitivesPageTests {
  static let listings: [String] = {
    let root = #filePath.components(separatedBy: "/Tests/")[0]
    guard let text = try? String(contentsOfFile: root + "/docs/writing-primitives.md", encoding: .utf8) else {
      return []
    }
    return text.components(separatedBy: "```lua\n").dropFirst().map { $0.components(separatedBy: "\n```")[0] }
  }()

  /// The listing with these words, for the account of the tests instead of root.
  private static func listing(with words: String) throws -> String {
    let listing = try #require(listings.first { $0.contains(words) })
    return listing.replacing(", root = true", with: "").replacing("  root = true,\n", with: "")
  }

  /// A primitive whose body is a listing.
  private static func body(_ listing: String) -> String {
    """
    primitive { summary = "Is from the page.", needs = { "files", "run" }, example = "x",
      body = function(host, args)
        \(listing)
        return unchanged "the end"
      end }
    """
  }

  @Test("there is a test for each listing") func count() { #expect(Self.listings.count == 5) }

  @Test("the primitive is planned, run, run again and undone")
  func primitive() async throws {
    let primitives = [
      "motd": try Self.listing(with: "-- primitives/motd.lua").replacing("\"files\", \"root\"", with: "\"files\"")
    ]
    try await Scene.with { scene in
      let call = "note(tostring(here:motd { 'Welcome.', path = params.path }.size))"
      let plan = await scene.run(call, isPlan: true, primitives: primitives)
      #expect(plan.lines.first == "motd changed message: 0 -> 9 bytes", "\(plan)")
      let first = await scene.run(call, primitives: primitives)
      #expect(first.lines == ["motd changed message: 0 -> 9 bytes", "note 9"], "\(first)")
      #expect(try String(contentsOfFile: scene.path("file"), encoding: .utf8) == "Welcome.\n")
      let second = await scene.run(call, primitives: primitives)
      #expect(second.lines == ["motd unchanged the message is as wanted already", "note 9"])
      _ = try await scene.undo()
      #expect(!FileManager.default.fileExists(atPath: scene.path("file")))
    }
  }

  @Test("the recipe is valid, and requests the permissions of the primitive")
  func recipe() async throws {
    let source = try #require(Self.listings.first { $0.contains("-- greet.lua") })
    let file = RecipeFile(name: "greet", path: "/nowhere/greet.lua", bytes: Array(source.utf8), origin: .path)
    let header = try await RecipeReader.header(of: file)
    #expect(header.usage == "ssh-recipes run greet HOST")
    let library = try await Scene.with { scene in
      try await scene.library(["motd": try #require(Self.listings.first)])
    }
    #expect(try #require(library.entries["motd"]).primitive.permissions.allSatisfy(header.needs.contains))
  }

  @Test("the questions are asked in one call")
  func questions() async throws {
    let primitives = ["odd": Self.body(try Self.listing(with: "host:query"))]
    try await Scene.with { scene in
      let played = await scene.run("here:odd()", needs: "\"files\", \"run\"", primitives: primitives)
      #expect(["odd unchanged the end", "odd unchanged cron runs"].contains(played.lines.first), "\(played)")
    }
  }

  @Test("the command with its undo is planned")
  func undo() async throws {
    let listing = try Self.listing(with: "undo_if")
    let primitives = ["odd": Self.body("local work = function() \(listing) end do return change('enable', work) end")]
    try await Scene.with { scene in
      let played = await scene.run("here:odd()", needs: "\"files\", \"run\"", isPlan: true, primitives: primitives)
      #expect(played.lines == ["odd changed enable"], "\(played)")
    }
  }

  @Test("the module quotes words")
  func module() async throws {
    let primitives = ["odd": Self.body("\(try Self.listing(with: "shell.words")) note(command)")]
    try await Scene.with { scene in
      let played = await scene.run("here:odd()", needs: "\"files\", \"run\"", primitives: primitives)
      #expect(played.lines.first == #"note 'useradd' '--comment' 'It'\''s me' 'ada'"#, "\(played)")
    }
  }
}
