import Lua
import Values

/// A program of coroutines, protected calls, closes and waits, with errors, and ended from outside at some point.
enum CallSequence {
  private static let leaves = [
    "wait(1)", "echo(here)", "here:chmod('~/x', '700')", "here:chmod('x')", "here.none = 1", "return here.none",
    "refuse()",
    "wait_refuse()", "error('e')", "error({})", "error(nil)", "error(setmetatable({}, {__tostring = wait}))",
    "coroutine.yield(2)", "kept = coroutine.running()", "if kept then coroutine.resume(kept) end",
    "if kept then pcall(coroutine.close, kept) end", "if kept then echo(coroutine.status(kept)) end",
    "local x = nil + 1", "table.sort({2, 1}, wait)", "table.sort({3, 2, 1}, function() error('s') end)",
    "('x'):gsub('x', wait)", "for a in ('abc'):gmatch('.') do wait(a) end",
    "tostring(setmetatable({}, {__tostring = wait}))", "load('wait(3)')()", "load('x = = 1')", "later = wait",
    "if later then later() end", "while true do end", "for i = 1, 1000 do local t = {i} end", "kept = nil",
    "local s = ('x'):rep(1000000) echo(s .. s == s)", "collectgarbage('count')", "error(word, 2)",
    "return table.unpack({}, 1, 300)",
    "parallel({1, 2}, wait)", "parallel({1}, 5)", "parallel({error}, error, 1)", "step 'x'", "note(1)", "fail 'no'",
    "setmetatable({}, {__gc = wait})", "kept = setmetatable({}, {__mode = 'k', __index = wait}).x", "require 'none'",
  ]

  private static let frames = [
    "pcall(function() # end)", "xpcall(function() # end, function(m) echo(m) return here.none end)",
    "xpcall(function() # end, function(m) # end)", "coroutine.wrap(function() # end)()",
    "pcall(coroutine.wrap(function() # end))", "coroutine.resume(coroutine.create(function() # end))",
    "local co = coroutine.wrap(function() # end) pcall(co) pcall(co)",
    "local co = coroutine.create(function() # end) coroutine.resume(co) pcall(coroutine.close, co)",
    "later = coroutine.wrap(function() # end)",
    "do local c <close> = setmetatable({}, {__close = function() # end}) # end",
    "for _ in function(_, n) if not n then # return 1 end end do # end",
    "for _ in wait, nil, nil, setmetatable({}, {__close = function() # end}) do # break end",
    "pcall(parallel, {1, 2}, function(n) # end)", "parallel({1, 2, 3}, function(n) # end)",
    "local v = setmetatable({}, {__index = function() # end}).x", "if wait(true) then # else # end",
    "local function f(n) if n > 0 then f(n - 1) else # end end f(40)", "for i = 1, 3 do # end",
    "table.sort({2, 1}, function() # end)", "('x'):gsub('x', function() # end)", "wait(1) # wait(2)",
  ]

  static func play(_ bytes: [UInt8], in scene: FuzzScene) async throws {
    var input = FuzzInput(bytes)
    let actions: [FuzzScene.Ending.Action?] = [nil, nil, .cancel, .stop, .stopFromOutside, .close]
    let action = input.choice(of: actions)
    if let action { scene.ending.plan(action, after: input.number(below: 12)) }
    let source = program(5, &input)
    let outcome = try await scene.run(Array((source + " while wait(false) do end").utf8))
    if case .failure(let error) = outcome, error.kind == .syntax { throw Finding("no Lua: \(error)\n\(source)") }
    if action == nil {
      let again = try await scene.run(Array("return wait(1), echo(2)".utf8))
      switch again {
      case .success(let values):
        try Finding.unless(
          values == [.integer(1), .integer(2)], "the machine is not intact: \(values) after \(source)")
      case .failure(let error):
        // Exceeded limits stay exceeded.
        try Finding.unless(
          error.kind == .limit || error.kind == .memory, "the machine is not intact: \(error) after \(source)")
      }
    }
  }

  private static func program(_ depth: Int, _ input: inout FuzzInput) -> String {
    (0...input.number(below: 3)).map { _ in
      guard depth > 0, input.number(below: 3) > 0 else { return "do " + input.choice(of: leaves) + " end" }
      let parts = input.choice(of: frames).split(separator: "#", omittingEmptySubsequences: false)
      return "do " + parts.dropFirst().reduce(String(parts[0])) { $0 + program(depth - 1, &input) + $1 } + " end"
    }.joined(separator: " ")
  }
}
