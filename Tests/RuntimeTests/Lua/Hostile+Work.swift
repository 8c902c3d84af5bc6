extension Hostile {
  /// Single calls of library functions that never end.
  static let loops = [
    Hostile("rep of nothing", "return #(''):rep(1e18)", plain: .hangs, ours: "0"),
    Hostile(
      "move", "table.move({}, 1, 1e15, 2)", plain: .hangs,
      ours: "runtime: range too long for 'move' (limit is 10000000 elements)"),
    Hostile(
      "concat", "table.concat(setmetatable({}, {__index = function() return '' end}), '', 1, 1e15)", plain: .hangs,
      ours: "runtime: range too long for 'concat' (limit is 10000000 elements)"),
    Hostile(
      "insert", "table.insert(setmetatable({}, {__len = function() return 1 << 60 end}), 1, 1)", plain: .hangs,
      ours: "runtime: range too long for 'insert' (limit is 10000000 elements)"),
    Hostile(
      "remove", "table.remove(setmetatable({}, {__len = function() return 1 << 60 end}), 1)", plain: .hangs,
      ours: "runtime: range too long for 'remove' (limit is 10000000 elements)"),
    Hostile(
      "a pattern that backtracks", "return (('a'):rep(40)):find(('a*'):rep(30) .. 'b')", plain: .hangs, ours: tooLong),
    Hostile("a lazy pattern", "return (('a'):rep(300000)):find('.-.-.-b')", plain: .hangs, ours: tooLong),
    Hostile("balances", "return (('('):rep(400000)):find('%b()y')", plain: .hangs, ours: tooLong),
    Hostile(
      "an invalid order", "table.sort({3, 2, 1}, function() while true do end end)", plain: .hangs, ours: tooLong),
  ]

  /// Work that grows with the square of the memory's content.
  static let work = [
    Hostile(
      "sort of long strings",
      """
      local a, b, t = ('\\0'):rep(8000000) .. 'a', ('\\0'):rep(8000000) .. 'b', {}
      for i = 1, 10000 do t[i] = i % 2 == 0 and a or b end
      table.sort(t)
      """, plain: .hangs, ours: tooLong),
    Hostile(
      "comparing long strings",
      "local a, b = ('\\0'):rep(8000000) .. 'a', ('\\0'):rep(8000000) .. 'b' while a < b do end", plain: .hangs,
      ours: tooLong),
    Hostile(
      "joining long strings", "local a = ('x'):rep(8000000) while true do local b = a .. 'y' end", plain: .hangs,
      ours: tooLong),
    Hostile(
      "a chain of __index",
      """
      local t = setmetatable({}, {__index = rawlen})
      for i = 1, 1900 do t = setmetatable({}, {__index = t}) end
      return table.concat(t, '', 1, 9999999)
      """, plain: .hangs, ours: tooLong),
    Hostile(
      "unpacking through a chain of __index",
      """
      local t = setmetatable({}, {__index = rawlen})
      for i = 1, 1900 do t = setmetatable({}, {__index = t}) end
      while true do local n = select('#', table.unpack(t, 1, 900000)) end
      """, plain: .hangs, ours: tooLong),
    Hostile(
      "a replacement that stays empty", "return #('x'):rep(10000000):gsub('', ('%0'):rep(5000000))", plain: .hangs,
      ours: tooLong),
    Hostile(
      "long classes", "local p = ('%a'):rep(30000) while true do ('x'):find(p) end", plain: .hangs, ours: tooLong),
    Hostile(
      "keys that collide",
      """
      local t, step = {}, (1 << 16) - 1
      for i = 1, 60000 do t[i * step] = true end
      while true do t[-step] = nil local x = t[-step] end
      """, plain: .hangs, ours: tooLong),
    Hostile(
      "a list that begins with holes",
      "local t = {} for i = 1, 1000000 do t[i] = i end for i = 1, 999999 do t[i] = nil end while true do next(t) end",
      plain: .hangs, ours: tooLong),
    Hostile(
      "a chain of elseif", "return load(('if a then ') .. ('elseif a then '):rep(1000000) .. 'end')", plain: .hangs,
      ours: tooLong),
    Hostile(
      "many labels",
      """
      local labels = {}
      for i = 1, 32000 do labels[i] = '::l' .. i .. ':: x = 1' end
      local body = ('do local function f() ' .. table.concat(labels, ' ') .. ' end end '):rep(20)
      return load(body)
      """, plain: .hangs, ours: tooLong),
    Hostile(
      "deep blocks", "return load(('do '):rep(300) .. ('end '):rep(300))", plain: .survives, ours: "C stack overflow"),
    Hostile(
      "a field of a field of a field",
      """
      local f, e = load('local y = ... return y' .. ('.a'):rep(120000) .. '.b.c')
      if not f then return e end
      local y = {} y.a = y
      f(y)
      """, plain: .hangs, ours: "(load):1: too many fields and indexes in a row (limit is 200)"),
    Hostile("a number of a million digits", "return tonumber(('9'):rep(1000000))", plain: .survives, ours: "inf"),
  ]

  /// Memory and stacks.
  static let memory = [
    Hostile(
      "entries", "local t = {} for i = 1, 400000 do t['k' .. i] = i end return 'held'", plain: .survives, ours: noMemory
    ),
    Hostile("doubling", "local s = 'x' while true do s = s .. s end", plain: .eats, ours: noMemory),
    Hostile(
      "filling", "local t = {} for i = 1, 2000 do t[i] = ('x'):rep(1000000) .. i end", plain: .eats, ours: noMemory),
    Hostile("a long pack", "return #string.pack('c2000000000', '')", plain: .eats, ours: noMemory),
    Hostile(
      "a long rep", "return #('x'):rep(1 << 30) .. 'y'", plain: .eats,
      ours: "runtime: resulting string too large (limit is 16777216 bytes)"),
    Hostile(
      "coroutines that close each other",
      """
      local co
      for i = 1, 25000 do
        local before = co
        co = coroutine.create(function()
          local c <close> = setmetatable({}, {__close = function() if before then coroutine.close(before) end end})
          coroutine.yield()
        end)
        coroutine.resume(co)
      end
      coroutine.close(co)
      return 'closed'
      """, plain: .crashes, ours: "closed"),
    Hostile(
      "coroutines that close each other out of a recursion",
      """
      local function deep(n, f) if n == 0 then f() else local _ = ('x'):gsub('x', function() deep(n - 1, f) end) end end
      local co
      for i = 1, 90 do
        local before = co
        co = coroutine.create(function()
          local close = function() deep(180, function() if before then coroutine.close(before) end end) end
          local c <close> = setmetatable({}, {__close = close})
          coroutine.yield()
        end)
        coroutine.resume(co)
      end
      coroutine.close(co)
      return 'closed'
      """, plain: .crashes, ours: "closed"),
    Hostile("recursion", "local function f() return 1 + f() end return pcall(f)", plain: .survives, ours: "false, "),
    Hostile(
      "recursion through C", "local function f() return (('x'):gsub('x', f)) end return pcall(f)", plain: .survives,
      ours: "C stack overflow"),
    Hostile(
      "recursion through coroutines", "local function f() return coroutine.wrap(f)() end return pcall(f)",
      plain: .survives, ours: "C stack overflow"),
  ]
}
