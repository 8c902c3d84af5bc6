import Foundation
import Testing

@testable import Diagnosis
@testable import Runs

/// Primitives written in Lua, in real runs on this computer.
@Suite struct PluginTests {
  /// A file with one word in it, by way of `write`.
  static let word = #"""
    primitive {
      summary = "Keeps a word in a file.",
      needs = { "files" },
      params = {
        { "path", "The file.", type = "path" },
        { "word", "The word.", default = "yes" },
      },
      results = { { "word", "string", "The word in the file." } },
      example = [[pi:word("~/word")]],
      body = function(host, args)
        local text = host:read { args.path, default = "" }
        if text == args.word then return unchanged("it says " .. text .. " already", { word = text }) end
        return change("word " .. text .. " -> " .. args.word, function()
          host:write { args.path, args.word }
        end)
      end,
    }
    """#

  @Test func `plans, changes, finds all as wanted, and is undone`() async throws {
    try await Scene.with { scene in
      let call = "local it = here:word(params.path) note(it.word or '-') note(tostring(it.changed))"
      let plan = await scene.run(call, isPlan: true, primitives: ["word": Self.word])
      #expect(plan.lines == ["word changed word  -> yes", "note -", "note true"])
      #expect(!FileManager.default.fileExists(atPath: scene.path("file")))
      let first = await scene.run(call, primitives: ["word": Self.word])
      #expect(first.lines == ["word changed word  -> yes", "note yes", "note true"])
      #expect(first.report?.tally.changed == 1)
      let second = await scene.run(call, primitives: ["word": Self.word])
      #expect(second.lines == ["word unchanged it says yes already", "note yes", "note false"])
      #expect(second.report?.outcome == .unchanged)
      _ = try await scene.undo()
      #expect(!FileManager.default.fileExists(atPath: scene.path("file")))
    }
  }

  @Test func `a plan goes on past the change, and later reads see what it would write`() async throws {
    try await Scene.with { scene in
      let call = "here:word(params.path) here:word(params.path) note(here:read(params.path))"
      let plan = await scene.run(call, isPlan: true, primitives: ["word": Self.word])
      #expect(
        plan.lines == [
          "word changed word  -> yes", "word unchanged it says yes already", "read read \(scene.path("file")): 3 bytes",
          "note yes",
        ])
    }
  }

  static func primitive(_ body: String, needs: String = "\"files\", \"run\"") -> String {
    """
    primitive {
      summary = "Is odd.",
      needs = { \(needs) },
      params = { { "path", "The file.", type = "path", optional = true } },
      results = { { "words", "integer", "The number of words." } },
      example = "pi:odd()",
      body = function(host, args, again)
    \(body)
      end,
    }
    """
  }

  @Test func `a recipe without the permissions of a primitive cannot call it`() async throws {
    try await Scene.with { scene in
      let played = await scene.run("here:odd()", primitives: ["odd": Self.primitive("return unchanged 'so'")])
      #expect(
        played.report?.failures.map(\.message) == [
          "'odd' needs the permission \"run\", which the recipe does not ask for"
        ])
    }
  }

  @Test func `questions are asked once until something changes`() async throws {
    try await Scene.with { scene in
      let body = """
        local log = args.path
        local q = { one = "echo 1 >>" .. log .. "; wc -l <" .. log, two = "exit 3" }
        local seen = host:query(q)
        if host:query(q).one.text ~= seen.one.text then fail "asked twice" end
        if seen.two.status ~= 3 or seen.two.ok then fail "no status" end
        return unchanged((seen.one.text:gsub(" ", "")))
        """
      let call = "here:odd(params.path) here:odd(params.path) here:write(params.path .. 'x', '') here:odd(params.path)"
      let played = await scene.run(
        call, needs: "\"files\", \"run\"", primitives: ["odd": Self.primitive(body)])
      #expect(
        played.lines.filter { $0.hasPrefix("odd") } == ["odd unchanged 1", "odd unchanged 1", "odd unchanged 2"],
        "\(played)")
    }
  }
}
