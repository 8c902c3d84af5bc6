import Foundation
import Testing

@testable import Diagnosis
@testable import Runs

/// Hostile and mistaken bodies of primitives in Lua: each ends with one clear message.
@Suite struct PluginMistakeTests {
  /// Ways of a body to be wrong; the message, and the line in the primitive.
  static let mistakes: [(body: String, kind: Failure.Kind, message: String, within: String)] = [
    (
      "host:write(args.path, 'x') return unchanged 'so'", .refused,
      "'odd' may only look while it decides, but 'write' would act: PATH: new, 1 bytes, mode 644",
      "acme/primitives/odd.lua:8"
    ),
    (
      "host:run('true') return unchanged 'so'", .refused,
      "'odd' may only look while it decides, but 'run' would act: run: true", "acme/primitives/odd.lua:8"
    ),
    (
      "return change('more', function() end)", .notAsWanted,
      "'odd' has made its change, and then did not find all as wanted", "acme/primitives/odd.lua"
    ),
    (
      "coroutine.yield(1)", .recipe, "the primitive 'odd' yielded from outside a coroutine", "acme/primitives/odd.lua:8"
    ),
    (
      "return change('more', function() coroutine.yield() end)", .recipe,
      "the primitive 'odd' yielded from outside a coroutine", "acme/primitives/odd.lua:8"
    ),
    (
      "return 'fine'", .recipe,
      "the body of 'odd' returned \"fine\"; expected unchanged(…), change(…), or a table of results",
      "acme/primitives/odd.lua"
    ),
    (
      "return", .recipe, "the body of 'odd' returned nil; expected unchanged(…), change(…), or a table of results",
      "acme/primitives/odd.lua"
    ),
    (
      "return change('more', function() return 'rubbish' end)", .recipe,
      "the function of `change` in 'odd' returned \"rubbish\"; expected a table of results, or nothing",
      "acme/primitives/odd.lua"
    ),
    (
      "return { word = 1 }", .recipe,
      "the body of 'odd' returned the field \"word\", which `results` does not declare; did you mean \"words\"?",
      "acme/primitives/odd.lua"
    ),
    (
      "return unchanged('so', { words = 'many' })", .recipe,
      "the body of 'odd' returned the wrong type for the field \"words\" (integer expected, got \"many\")",
      "acme/primitives/odd.lua"
    ),
    (
      "coroutine.wrap(function() host:write(args.path, 'x') end)() return unchanged 'so'", .refused,
      "'odd' may only look while it decides, but 'write' would act: PATH: new, 1 bytes, mode 644",
      "acme/primitives/odd.lua:8"
    ),
    (
      "local t = setmetatable({}, { __index = function() coroutine.yield() end }) return unchanged(t.x)", .recipe,
      "the primitive 'odd' yielded from outside a coroutine", "acme/primitives/odd.lua:8"
    ),
    (
      "table.sort({ 2, 1 }, function() coroutine.yield() end)", .recipe,
      "the primitive 'odd' yielded from outside a coroutine", "acme/primitives/odd.lua:8"
    ),
    (
      "local _ = ('a'):gsub('a', function() host:write(args.path, 'x') end)", .place,
      "'write' cannot be called here: inside a sort or gsub callback, __tostring, or a module's top level",
      "acme/primitives/odd.lua:8"
    ),
    (
      "do local x <close> = setmetatable({}, { __close = function() host:write(args.path, 'x') end }) end", .refused,
      "'odd' may only look while it decides, but 'write' would act: PATH: new, 1 bytes, mode 644",
      "acme/primitives/odd.lua:8"
    ),
    (
      "setmetatable({}, { __gc = function() host:write(args.path, 'x') end })", .recipe,
      "a metatable with '__gc' is not allowed; use '__close'", "acme/primitives/odd.lua:8"
    ),
    (
      "local t = setmetatable({}, { __index = function() return host:write(args.path, 'x') end }) return unchanged(t.x)",
      .refused, "'odd' may only look while it decides, but 'write' would act: PATH: new, 1 bytes, mode 644",
      "acme/primitives/odd.lua:8"
    ),
    ("fail(1)", .failed, "the primitive 'odd' failed with 1", "acme/primitives/odd.lua:8"),
    ("error(nil)", .recipe, "the error raised is not a message but nil", "acme/primitives/odd.lua:8"),
    ("string.format = nil", .recipe, "'string' cannot be changed", "acme/primitives/odd.lua:8"),
    (
      "change = nil", .recipe, "'change' is no variable here; write 'local change = …' first",
      "acme/primitives/odd.lua:8"
    ),
    ("host.name = 'x'", .member, "cannot set 'name': a host cannot be changed", "acme/primitives/odd.lua:8"),
    (
      "local t = {} for i = 1, 1e9 do t[i] = {} end", .limit,
      "not enough memory (limit is 64 MB; endless recursion also causes this error)", "acme/primitives/odd.lua"
    ),
    ("error { a = 1 }", .recipe, "a table without 'message'", "acme/primitives/odd.lua:8"),
    (
      "error(coroutine.yield)", .recipe, "the error raised is not a message but a function",
      "acme/primitives/odd.lua:8"
    ),
    ("error()", .recipe, "the error raised is not a message but nil", "acme/primitives/odd.lua:8"),
    (
      "local function f() return 1 + f() end return f()", .limit,
      "not enough memory (limit is 64 MB; endless recursion also causes this error)", "acme/primitives/odd.lua"
    ),
    (
      "while true do end", .limit, "the primitive 'odd' ran too long without waiting for anything",
      "acme/primitives/odd.lua:8"
    ),
    (
      "recipe { summary = 'another' }", .place, "'recipe' declares a recipe in a file of its own",
      "acme/primitives/odd.lua:8"
    ),
    (
      "require 'primitives.lib.one'", .module,
      "modules require each other: primitives.lib.one -> primitives.lib.two -> primitives.lib.one",
      "acme/primitives/lib/two.lua:1"
    ),
    ("host:odd()", .recipe, "primitives call each other in a circle: odd -> odd", "acme/primitives/odd.lua:8"),
    (
      "host:twin()", .recipe, "primitives call each other in a circle: odd -> twin -> odd",
      "acme/primitives/twin.lua:8"
    ),
    (
      "return change('more', 'rm')", .argument,
      "bad argument #2 to 'change' (the function that makes the change expected, got \"rm\")",
      "acme/primitives/odd.lua:8"
    ),
    ("local x = nil + 1", .recipe, "attempt to perform arithmetic on a nil value", "acme/primitives/odd.lua:8"),
    (
      "ask 'who?'", .refused, "'odd' may only look while it decides, but 'ask' would act: who?",
      "acme/primitives/odd.lua:8"
    ),
    ("step 'on'", .place, "'step' belongs to recipes; 'odd' is a primitive", "acme/primitives/odd.lua:8"),
    (
      "host:keygen { path = '~/.ssh/id_x' }", .permission,
      "'odd' calls 'keygen', which needs the permission \"keys\", and does not ask for it", "acme/primitives/odd.lua:8"
    ),
    (
      "host:read('/etc/hosts', { root = true })", .permission,
      "'odd' calls 'read', which needs the permission \"root\", and does not ask for it", "acme/primitives/odd.lua:8"
    ),
  ]

  @Test(arguments: mistakes.indices) func `a wrong body ends with one clear message`(index: Int) async throws {
    let mistake = Self.mistakes[index]
    try await Scene.with { scene in
      let played = await scene.run(
        "here:odd { path = params.path }", needs: "\"files\", \"run\", \"keys\", \"root\"",
        primitives: [
          "odd": PluginTests.primitive(mistake.body), "twin": PluginTests.primitive("return host:odd()"),
          "lib/one": "return require 'primitives.lib.two'", "lib/two": "return require 'primitives.lib.one'",
        ])
      let failure = try #require(played.report?.failures.first, "\(played)")
      #expect(failure.message == mistake.message.replacing("PATH", with: scene.path("file")))
      #expect(failure.kind == mistake.kind)
      #expect(failure.within == mistake.within)
      #expect(failure.position == "mine.lua:6")
      #expect(played.report?.failures.count == 1)
      #expect(!FileManager.default.fileExists(atPath: scene.path("file")))
    }
  }

  static let rubbish: [(value: String, shown: String)] = [
    ("1", "1"), ("1.5", "1.5"), ("true", "true"), ("'fine'", "\"fine\""), ("nil", "nil"), ("{ 1 }", "a list"),
    ("host", "a host"), ("print", "a function"), ("coroutine.create(print)", "a coroutine"),
    ("{ words = print }", "a table whose value at `words` is a function"),
    ("(function() local t = {} t.t = t return t end)()", "a table whose value at `t` contains itself"),
  ]

  @Test(arguments: rubbish.indices) func `a body that returns another value is told the value`(index: Int)
    async throws
  {
    let test = Self.rubbish[index]
    try await Scene.with { scene in
      let played = await scene.run(
        "here:odd()", needs: "\"files\", \"run\"",
        primitives: ["odd": PluginTests.primitive("return \(test.value)")])
      let failure = try #require(played.report?.failures.first, "\(played)")
      #expect(
        failure.message
          == "the body of 'odd' returned \(test.shown); expected unchanged(…), change(…), or a table of results")
      #expect(failure.within == "acme/primitives/odd.lua")
    }
  }

  @Test func `a mistake in branches of a primitive is told with both places`() async throws {
    try await Scene.with { scene in
      let body = "return change('more', function() parallel({ 1, 2 }, function() coroutine.yield() end) end)"
      let played = await scene.run(
        "here:odd()", needs: "\"files\", \"run\"", primitives: ["odd": PluginTests.primitive(body)])
      let parts = try #require(played.report?.failures.first, "\(played)").parts
      #expect(
        parts.map(\.message) == Array(repeating: "the primitive 'odd' yielded from outside a coroutine", count: 2))
      #expect(parts.map(\.within) == ["acme/primitives/odd.lua:8", "acme/primitives/odd.lua:8"])
      #expect(parts.map(\.position) == ["mine.lua:6", "mine.lua:6"])
    }
  }
}
