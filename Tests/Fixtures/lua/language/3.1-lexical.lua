-- Reference manual 3.1: names, literals, comments
assert("\65\066\x41\u{48}\z
        end" == "ABAHend")
assert('a\nb' == "a\
b")
assert([[
first line break is skipped]] == "first line break is skipped")
assert([==[a]]b]=]c]==] == "a]]b]=]c")
assert(0xff == 255 and 0xA == 10 and 0x.8p1 == 1.0 and 0xA.8 == 10.5)
assert(3e2 == 300.0 and 314.16e-2 == 3.1416 and .5 == 0.5)
assert(math.type(3) == "integer" and math.type(3.0) == "float" and math.type("3") == nil)
assert(0x7fffffffffffffff + 1 == math.mininteger)
assert(9223372036854775808 == 2.0 ^ 63) -- does not fit: becomes a float
--[[ a long
comment ]] assert(true)
--[==[ with ]] inside ]==] assert(true)
local a <const>, _b1 = 1, 2
assert(a + _b1 == 3)
assert(not load("local ü = 1"))
