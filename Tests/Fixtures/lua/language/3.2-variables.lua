-- Reference manual 3.2: variables and environments
x = 1
assert(_ENV.x == 1 and _G.x == 1)
do
  local _ENV <const> = { y = 2 }
  z = y
  y = z + 1
end
assert(z == nil and y == nil)
local function sandboxed(_ENV) return a + b end
assert(sandboxed { a = 1, b = 2 } == 3)
local t = { a = { b = { c = 4 } }, ["two words"] = 5 }
assert(t.a.b.c == 4 and t["a"].b["c"] == 4 and t["two words"] == 5)
assert(undefined == nil)
