-- Reference manual 6.2: coroutines
local co = coroutine.create(function(a, b)
  local c = coroutine.yield(a + b)
  local d, e = coroutine.yield(c * 2)
  return d + e
end)
assert(coroutine.status(co) == "suspended" and coroutine.isyieldable(co))
local function check(expected, ...) assert(table.concat({ ... }, " ", 2) == expected and (...) == true) end
check("3", coroutine.resume(co, 1, 2))
check("20", coroutine.resume(co, 10))
check("7", coroutine.resume(co, 3, 4))
assert(coroutine.status(co) == "dead")
assert(select(2, coroutine.resume(co)) == "cannot resume dead coroutine")
assert(select(2, coroutine.resume(coroutine.running())) == "cannot resume non-suspended coroutine")

local words = coroutine.wrap(function() for w in ("a b c"):gmatch("%a") do coroutine.yield(w) end end)
assert(words() == "a" and words() == "b" and words() == "c" and words() == nil)
assert(not pcall(words))
local bad = coroutine.create(function() error({ code = 5 }) end)
local ok, e = coroutine.resume(bad)
assert(not ok and e.code == 5 and coroutine.status(bad) == "dead")

local closed = {}
local open = coroutine.create(function()
  local x <close> = setmetatable({}, { __close = function(_, err) closed[1] = tostring(err) end })
  coroutine.yield(1)
end)
coroutine.resume(open)
assert(coroutine.close(open) == true and closed[1] == "nil" and coroutine.status(open) == "dead")
local failing = coroutine.create(function()
  local x <close> = setmetatable({}, { __close = function() error("in close", 0) end })
  coroutine.yield()
end)
coroutine.resume(failing)
local good, why = coroutine.close(failing)
assert(good == false and why == "in close" and not pcall(coroutine.close, coroutine.running()))

local outer
outer = coroutine.create(function()
  assert(coroutine.status(outer) == "running")
  local me, main = coroutine.running()
  assert(me == outer and not main and coroutine.isyieldable())
  coroutine.wrap(function() assert(coroutine.status(outer) == "normal") end)()
end)
assert(coroutine.resume(outer))
assert(select(2, coroutine.running()) == true and not coroutine.isyieldable())
-- A yield across pcall, a metamethod and an iterator
local across = coroutine.wrap(function()
  local t = setmetatable({}, { __index = function(_, k) return coroutine.yield(k) end })
  local _, v = pcall(function() return t.key end)
  for i in function(_, n) n = coroutine.yield(n or 0) return n end do v = v + i end
  return v
end)
assert(across() == "key" and across(10) == 0 and across(5) == 5 and across(nil) == 15)
assert(not pcall(coroutine.wrap(function() table.sort({ 2, 1 }, coroutine.yield) end)))
