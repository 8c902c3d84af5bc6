-- Reference manual 3.3: blocks, assignment, control, for, local, close
local i, t = 3, {}
i, t[i] = i + 1, 20
assert(i == 4 and t[3] == 20 and t[4] == nil)
local a, b, c = (function() return 1, 2, 3 end)()
assert(a == 1 and b == 2 and c == 3)
local d, e = ((function() return 1, 2 end)())
assert(d == 1 and e == nil)
a, b = b, a
assert(a == 2 and b == 1);

local n = 0
while true do
  n = n + 1
  if n == 3 then goto continue elseif n > 5 then break else n = n end
  ::continue::
end
assert(n == 6)
repeat local last = n; n = n - 1 until last == 4 -- the condition sees the block's locals
assert(n == 3)

local seen = {}
for k = 10, 1, -3 do seen[#seen + 1] = k end
assert(table.concat(seen, " ") == "10 7 4 1")
for _ = 1, 0 do error "never" end
for k = 1.0, 2 do assert(math.type(k) == "float") end
for k = math.maxinteger - 1, math.maxinteger do seen[#seen + 1] = k end
assert(#seen == 6)
assert(not pcall(function() for _ = 1, 2, 0 do end end))

local closed
local function iterate()
  local state = setmetatable({}, { __close = function() closed = true end })
  return function(_, k) k = (k or 0) + 1 if k < 5 then return k end end, nil, nil, state
end
for k in iterate() do if k == 2 then break end end
assert(closed)

local order = {}
local function closing(name)
  return setmetatable({}, { __close = function(_, err) order[#order + 1] = name .. ":" .. tostring(err) end })
end
do
  local first <close> = closing "first"
  local nothing <close> = nil
  local second <close> = closing "second"
end
pcall(function() local third <close> = closing "third" error("boom", 0) end)
assert(table.concat(order, " ") == "second:nil first:nil third:boom")
assert(select(2, load("local c <const> = 1; c = 2")):find("attempt to assign to const variable 'c'"))
assert(not pcall(function() local bad <close> = {} end))

for i = 1, 3 do
  for j = 1, 3 do
    if j == 2 then goto next_i end
    order[#order + 1] = i * 10 + j
  end
  ::next_i::
end
assert(order[#order] == 31 and #order == 6)
assert(select(2, load("goto nowhere")):find("no visible label 'nowhere'"))
