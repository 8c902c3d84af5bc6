import Testing

/// Lua before 5.4.7 recurses over a chain of fields when naming the last in a message.
@Suite("Lua: long chains of fields") struct LuaChainTests {
  static func many(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }
  static func fields(_ count: Int) -> String { many(count, ".a") }

  /// Each has more than 200 in a row, in different places.
  @Test(
    "too long chains are refused with their line",
    arguments: [
      "return y\(fields(201))",
      "return y\(many(201, " .\na --[[]]\n"))",
      "return y\(many(201, "[x]"))",
      "return y\(many(201, "['a']"))",
      "return y\(many(201, "[ [[a]] ]"))",
      "return y\(many(101, "[x + 1].a"))",
      "return (y\(fields(150)))\(fields(51))",
      "return ((y\(fields(150)))--[[x]]\(fields(51)))",
      "return y[z[w\(fields(70))]\(fields(70))]\(fields(70))",
      "function f(a) (y\(fields(150)))\(fields(51)) = 1 end",
      "return '--[[' .. y\(fields(201))",
      "return [==[ ]] --[[ ]==], y\(fields(201))",
      "return '\\'' --'\nreturn y\(fields(201))",
      "return 1.5 .. y\(fields(201))",
    ])
  func refused(source: String) async throws {
    let outcome = try await LuaHarness().outcome(source)
    #expect(outcome.hasPrefix("syntax: r.lua:"))
    #expect(outcome.hasSuffix(": too many fields and indexes in a row (limit is 200)"))
  }

  @Test("the line is that of the first field too many") func line() async throws {
    let source = "x = 1\nreturn y\(Self.many(250, "\n.a"))"
    #expect(
      try await LuaHarness().outcome(source)
        == "syntax: r.lua:203: too many fields and indexes in a row (limit is 200)")
  }

  @Test(
    "text that only resembles a long chain is accepted",
    arguments: [
      "local y = {} y.a = y return y\(fields(199)) == y",
      "-- \(fields(300))\nreturn true",
      "--[[ \(fields(300))\n\(fields(300)) ]] return true",
      "return #[==[ x\(fields(300)) ]] ]==] > 0",
      "return #'x\(fields(300))\\'\(fields(300))' > 0",
      "return #\"\\z\n  \\\\\" == 1",
      "local a = {b = {c = 1}} return 0 < \(many(300, "a.b.c + "))1",
      "local a = {b = 1} return #{\(many(300, "a.b, "))} == 300",
      "local a = {b = 1} local t = {\(many(300, "[a.b] = a.b, "))} return true",
      "local f = {} function f:a(x) return self end return f\(many(300, ":a(f.y)")) == f",
      "return ('x' \(many(100, ".. 1.5 "))):sub(1, 1) == 'x'",
      "goto done ::done:: return true",
    ])
  func taken(source: String) async throws {
    #expect(try await LuaHarness().outcome(source) == "true")
  }
}
