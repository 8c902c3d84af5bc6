-- Reference manual 6.1: basic functions
assert(select(2, pcall(assert, false)) == "assertion failed!" and select(2, pcall(assert, nil, "why")) == "why")
assert(select("#", assert(1, 2, 3)) == 3)
assert(math.type(collectgarbage("count")) == "float")
local ok, e = pcall(error, { code = 1 })
assert(not ok and e.code == 1)
local function level(n) error("here", n) end
assert(select(2, pcall(level, 0)) == "here")
assert(select(2, pcall(level, 1)):find("^6.1%-basic.lua:7: here$"))
for i, v in ipairs({ 1, 2, nil, 4 }) do assert(i == v and i < 3) end
assert(next({}) == nil and next({ 5 }) == 1 and not pcall(next, {}, "none"))
assert(load("return ...")(7) == 7 and not load("return return"))
assert(select(2, load("x =")) == "(load):1: unexpected symbol near <eof>")
assert(select("#") == 0 and select(2, "a", "b", "c") == "b" and not pcall(select, 0))
assert(tonumber("0x1p4") == 16.0 and tonumber("  12  ") == 12 and tonumber("1e1") == 10.0 and tonumber("z", 36) == 35)
assert(tonumber("12a") == nil and tonumber("") == nil and tonumber("7", 8) == 7 and tonumber("8", 8) == nil)
assert(tostring(nil) == "nil" and tostring(1.0) == "1.0" and tostring(-0.0) == "-0.0" and tostring(10 ^ 15) == "1e+15")
assert(type(nil) == "nil" and type(type) == "function" and not pcall(type))
assert(_VERSION == "Lua 5.4")
local function handler(m) return "handled: " .. m end
assert(select(2, xpcall(error, handler, "x")) == "handled: x")
assert(select(2, xpcall(function(...) return select("#", ...) end, handler, 1, nil, 3)) == 3)
assert(select("#", pcall(function() return 1, nil, nil end)) == 4)
assert(not pcall(pcall) and not pcall(xpcall, print))
