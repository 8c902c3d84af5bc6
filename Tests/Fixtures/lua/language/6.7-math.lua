-- Reference manual 6.7: math
assert(math.floor(-3.5) == -4 and math.ceil(-3.5) == -3 and math.type(math.floor(3.7)) == "integer")
assert(math.max(1, 2.5) == 2.5 and math.min(3, 1) == 1 and math.abs(-5) == 5 and math.abs(math.mininteger) < 0)
assert(math.fmod(-7, 3) == -1 and math.fmod(7, -3) == 1 and math.modf(-3.5) == -3.0 and math.sqrt(16) == 4.0)
assert(math.tointeger(3.0) == 3 and math.tointeger(3.5) == nil and math.ult(1, -1) and math.log(8, 2) == 3.0)
assert(math.huge > math.maxinteger and math.abs(math.pi - 3.14159265) < 1e-8 and math.exp(0) == 1.0)
for _ = 1, 100 do
  local r = math.random(5)
  assert(r >= 1 and r <= 5 and math.type(r) == "integer" and math.random() < 1)
end
math.randomseed(42)
local first = math.random(1 << 30)
math.randomseed(42)
assert(math.random(1 << 30) == first and not pcall(math.random, 2, 1))
