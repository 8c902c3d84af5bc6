-- Reference manual 3.4: arithmetic, bits, coercions, comparison, logic, concatenation, length, tables, functions
assert(7 // 2 == 3 and -7 // 2 == -4 and 7.0 // 2 == 3.0 and 7 % -3 == -2 and -7 % 3 == 2 and 5.5 % 2 == 1.5)
assert(7 / 2 == 3.5 and 4 / 2 == 2.0 and math.type(4 / 2) == "float" and 2 ^ 10 == 1024.0)
assert(1 // 0.0 == math.huge and -1 // 0.0 == -math.huge and 0 / 0 ~= 0 / 0)
assert(not pcall(function() return 1 // 0 end) and not pcall(function() return 1 % 0 end))
assert(math.maxinteger + 1 == math.mininteger and math.mininteger // -1 == math.mininteger)
assert(5 & 3 == 1 and 5 | 3 == 7 and 5 ~ 3 == 6 and ~0 == -1 and 1 << 63 == math.mininteger and 1 << 64 == 0)
assert(-1 >> 60 == 15 and 1 >> -1 == 2 and 3.0 | 0 == 3)
assert(not pcall(function() return 1.5 | 0 end) and not pcall(function() return "a" + 1 end))
assert("10" + 1 == 11 and "0x10" * 2 == 32 and 10 .. 20 == "1020" and "3.0" + 0 == 3.0 and -"2" == -2)
assert(1 == 1.0 and "1" ~= 1 and math.maxinteger < math.huge and math.maxinteger + 0.0 == 2 ^ 63)
assert("a" < "b" and "a" < "aa" and "Z" < "a" and "" < "\0" and not ("b" <= "a"))
assert(not pcall(function() return 1 < "2" end) and not pcall(function() return {} < {} end))
assert((nil and error) == nil and (false or 5) == 5 and (1 and 2) == 2 and not nil == true and (nil or false) == false)
assert(2 ^ 3 ^ 2 == 512.0 and -2 ^ 2 == -4.0 and not 1 == 2 == false and 1 .. 2 .. 3 == "123" and 2 + 3 * 4 ~ 1 == 15)
assert(#"abc" == 3 and #{ 1, 2, 3 } == 3 and #{ n = 1 } == 0)

local t = { 1, 2; 3, x = 4, ["y"] = 5, [10] = 6, (function() return 7, 8 end)(), (function() return 9, 10 end)() }
assert(t[4] == 7 and t[5] == 9 and t[6] == 10 and t.x == 4 and t.y == 5 and t[10] == 6)
local function count(...) return select("#", ...), ... end
assert(count() == 0 and count(nil, nil) == 2 and select(-1, 1, 2, 3) == 3)
local function tail(n) if n == 0 then return "done" end return tail(n - 1) end
assert(tail(100000) == "done")
local packed = table.pack((function(...) return ... end)(1, nil, 3))
assert(packed.n == 3 and packed[3] == 3)
local object = { v = 1 }
function object:add(n) self.v = self.v + n return self end
function object.nested() return "f" end
assert(object:add(2):add(3).v == 6 and object.nested() == "f" and ("x"):rep(3) == "xxx" and #"x" == 1)
local f = function(a, b) return a, b end
assert((f(1, 2)) == 1 and select("#", f(1)) == 2)
assert(type "x" == "string" and type {} == "table" and #[[x]] == 1)
