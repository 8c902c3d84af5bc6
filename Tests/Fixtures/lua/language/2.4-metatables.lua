-- Reference manual 2.4: metatables and metamethods
local V = {}
V.__index = V
local function vec(x, y) return setmetatable({ x = x, y = y }, V) end
V.__add = function(a, b) return vec(a.x + b.x, a.y + b.y) end
V.__unm = function(a) return vec(-a.x, -a.y) end
V.__eq = function(a, b) return a.x == b.x and a.y == b.y end
V.__lt = function(a, b) return a.x < b.x end
V.__le = function(a, b) return a.x <= b.x end
V.__len = function() return 2 end
V.__tostring = function(a) return "(" .. a.x .. "," .. a.y .. ")" end
V.__concat = function(a, b) return tostring(a) .. tostring(b) end
V.__call = function(self, n) return self.x * n end
V.__idiv = function() return "idiv" end
V.__band = function() return "band" end
V.__shl = function() return "shl" end
V.__bnot = function() return "bnot" end
V.__name = "vector"
local a, b = vec(1, 2), vec(3, 4)
assert(a + b == vec(4, 6) and -a == vec(-1, -2) and a ~= b and a < b and a <= b and a > vec(0, 0) and #a == 2)
assert(tostring(a) == "(1,2)" and a .. b == "(1,2)(3,4)" and a .. "!" == "(1,2)!" and b(10) == 30)
assert(a // 1 == "idiv" and a & 1 == "band" and 1 << a == "shl" and ~a == "bnot")
assert(rawequal(a, a) and not rawequal(a, vec(1, 2)) and rawlen({ 1, 2 }) == 2 and rawget(a, "__add") == nil)

local log = {}
local proxy = setmetatable({}, {
  __index = function(_, k) log[#log + 1] = "get " .. k return k end,
  __newindex = function(_, k, v) log[#log + 1] = "set " .. k .. "=" .. v end,
  __pairs = function() return next, { only = 1 }, nil end,
})
assert(proxy.a == "a")
proxy.b = 1
for k in pairs(proxy) do assert(k == "only") end
assert(table.concat(log, " ") == "get a set b=1")
local base = setmetatable({}, { __index = { deep = 1 } })
assert(setmetatable({}, { __index = base }).deep == 1)
local locked = setmetatable({}, { __metatable = "no" })
assert(getmetatable(locked) == "no" and not pcall(setmetatable, locked, {}))
local weak = setmetatable({}, { __mode = "k" })
weak[{}] = 1
