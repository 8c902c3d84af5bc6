/// A script that a machine has to survive, with its outcome in the usual embedding of Lua and in this one.
struct Hostile: Sendable, CustomStringConvertible {
  enum Plain: Sendable, Equatable {
    /// The process cannot end the script.
    case hangs
    /// A signal ends the process.
    case crashes
    /// The script takes all available memory.
    case eats
    /// The script escapes, or the host receives no error or a wrong error: the script's result.
    case answers(String)
    /// As in this embedding: this patch release of Lua needs no guard, but the next may.
    case survives
  }

  let name: String
  let script: String
  let plain: Plain
  let ours: String

  init(_ name: String, _ script: String, plain: Plain, ours: String) {
    self.name = name
    self.script = script
    self.plain = plain
    self.ours = ours
  }

  var description: String { name }

  /// Whether only a time limit ends the script.
  var isEndless: Bool { ours == Self.tooLong || name.contains("hangs") }

  static let tooLong = "limit: the recipe ran too long without waiting for anything"
  static let noMemory = "memory: not enough memory (limit is 64 MB; endless recursion also causes this error)"
  static let place =
    "native: 'wait' cannot be called here: inside a sort or gsub callback, __tostring, or a module's top level"

  static let all = doors + endings + waits + messages + loops + work + memory
}

extension Hostile {
  /// Escapes from the sandbox.
  static let doors = [
    Hostile(
      "files", "return io.open('/etc/passwd') ~= nil", plain: .answers("true"),
      ours: "runtime: attempt to index a nil value (global 'io')"),
    Hostile(
      "commands", "return type(os.execute), os.getenv('PATH') ~= nil", plain: .answers("function, true"),
      ours: "runtime: attempt to index a nil value (global 'os')"),
    Hostile(
      "native code", "return package.loadlib ~= nil, debug.getregistry ~= nil", plain: .answers("true, true"),
      ours: "runtime: attempt to index a nil value (global 'package')"),
    Hostile(
      "files by another name", "return dofile, loadfile, require 'io' ~= nil",
      plain: .answers("function: builtin, function: builtin, true"),
      ours: "native: module 'io' not found"),
    Hostile(
      "bytecode", "return load(string.dump(function() return 'unverified' end), 'x', 'b')()",
      plain: .answers("unverified"),
      ours: "runtime: attempt to call a nil value (field 'dump')"),
    Hostile(
      "everybody's strings", "getmetatable('').__index = function() return 'mine' end return ('x').len",
      plain: .answers("mine"),
      ours: "runtime: attempt to index a boolean value"),
    Hostile(
      "everybody's library", "string.rep = function() return 'mine' end return ('x'):rep(2)", plain: .answers("mine"),
      ours: "runtime: 'string' cannot be changed"),
    Hostile(
      "the collector", "collectgarbage('stop') return 'stopped'", plain: .answers("stopped"),
      ours: "runtime: only collectgarbage(\"count\") is allowed"),
    Hostile(
      "unpack's range", "return table.unpack({}, math.mininteger, math.maxinteger)", plain: .survives,
      ours: "runtime: too many results to unpack"),
  ]

  /// Attempts to outlive the end of the run.
  static let endings = [
    Hostile(
      "pcall around the end", "pcall(cancel) return 'survived'", plain: .answers("survived"), ours: "stopped: Ctrl-C"),
    Hostile(
      "coroutines around the end", "coroutine.resume(coroutine.create(function() pcall(cancel) end)) return 'survived'",
      plain: .answers("survived"), ours: "stopped: Ctrl-C"),
    Hostile("a loop", "while true do end", plain: .hangs, ours: tooLong),
    Hostile(
      "a loop inside pcall", "while true do pcall(function() while true do end end) end", plain: .hangs, ours: tooLong),
    Hostile(
      "a loop in a message handler", "xpcall(error, function() while true do end end)", plain: .hangs, ours: tooLong),
    Hostile(
      "a loop in <close>", "local c <close> = setmetatable({}, {__close = function() while true do end end})",
      plain: .hangs,
      ours: tooLong),
    Hostile(
      "a loop in <close> of a coroutine that is ended",
      """
      coroutine.wrap(function()
        local c <close> = setmetatable({}, {__close = function() while true do end end})
        while true do end
      end)()
      """, plain: .hangs, ours: tooLong),
    Hostile(
      "a loop in __gc", "setmetatable({}, {__gc = function() while true do end end}) while true do local t = {} end",
      plain: .hangs,
      ours: "runtime: a metatable with '__gc' is not allowed; use '__close'"),
    Hostile(
      "short coroutines in short coroutines",
      """
      local function go(n) if n > 0 then for i = 1, 150 do coroutine.wrap(go)(n - 1) end end end
      go(8)
      """, plain: .hangs, ours: tooLong),
  ]

  /// Waits in functions of the host.
  static let waits = [
    Hostile(
      "a wait inside coroutine.wrap",
      "return coroutine.wrap(function() local v = wait('pi') return 'done ' .. v end)()",
      plain: .answers("pi"), ours: "done pi"),
    Hostile(
      "a wait inside two wraps with pcall between",
      """
      local inner = function(f) return coroutine.wrap(function() return pcall(f, 'x') end) end
      local outer = coroutine.wrap(function()
        local ok, v = inner(wait)()
        local bad, e = inner(wait_refuse)()
        return ok, v, bad, type(e) == 'table' and e.kind
      end)
      return outer()
      """, plain: .answers("x, nil, nil, false"), ours: "true, x, false, exit"),
    Hostile(
      "a stray yield", "return coroutine.yield('stray')", plain: .answers("stray"),
      ours: "runtime: attempt to yield from outside a coroutine"),
    Hostile(
      "a wait in a sort", "table.sort({2, 1}, function(a, b) return wait(a < b) end)",
      plain: .answers("error: attempt to yield across a C-call boundary"), ours: place),
    Hostile(
      "a wait in gsub", "('x'):gsub('x', wait)", plain: .answers("error: attempt to yield across a C-call boundary"),
      ours: place),
    Hostile(
      "a wait in a coroutine in a sort",
      "table.sort({2, 1}, function() return coroutine.wrap(function() return wait(true) end)() end) return 'sorted'",
      plain: .answers("sorted"), ours: place),
    Hostile(
      "a wait in __tostring", "return tostring(setmetatable({}, {__tostring = wait}))",
      plain: .answers("error: attempt to yield across a C-call boundary"), ours: place),
  ]

  /// Raised values.
  static let messages = [
    Hostile(
      "error(nil)", "error(nil)", plain: .answers("error: no message"),
      ours: "runtime: the error raised is not a message but nil"),
    Hostile("error({})", "error({})", plain: .answers("error: no message"), ours: "runtime: a table without 'message'"),
    Hostile(
      "an error that cannot be shown", "error(setmetatable({}, {__tostring = error}))",
      plain: .answers("error: no message"),
      ours: "runtime: a table that cannot be described"),
    Hostile(
      "an error that hangs when it is shown",
      "error(setmetatable({}, {__tostring = function() while true do end end}))",
      plain: .answers("error: no message"), ours: "runtime: a table that cannot be described"),
    Hostile(
      "an error that obeys a terminal", "error('\\27[2J\\nroot# ', 0)", plain: .answers("error: \u{1B}[2J\nroot# "),
      ours: "runtime: \\u{1b}[2J\\nroot# "),
  ]
}
