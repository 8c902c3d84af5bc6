-- Reference manual 6.5: utf8
assert(utf8.char(72, 228, 8364, 128512) == "Hä€😀" and utf8.len("Hä€😀") == 4)
assert(utf8.codepoint("€") == 8364 and utf8.offset("ä€", 2) == 3 and utf8.offset("ä€", -1) == 3)
local points = {}
for p, c in utf8.codes("aä") do points[#points + 1] = p .. ":" .. c end
assert(table.concat(points, " ") == "1:97 2:228")
assert(select(2, utf8.len("a\xff")) == 2 and not pcall(utf8.codepoint, "\xff"))
local letters = {}
for l in ("aä€"):gmatch(utf8.charpattern) do letters[#letters + 1] = l end
assert(#letters == 3 and letters[3] == "€")
