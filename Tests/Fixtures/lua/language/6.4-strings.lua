-- Reference manual 6.4: strings and patterns
assert(("abc"):byte(1, -1) == 97 and select("#", ("abc"):byte(1, -1)) == 3 and string.char(72, 105) == "Hi")
assert(("hello"):sub(2, -2) == "ell" and ("hello"):sub(-3) == "llo" and ("hello"):sub(4, 2) == "" and ("x"):sub(0) == "x")
assert(("Ab"):upper() == "AB" and ("Ab"):lower() == "ab" and ("abc"):reverse() == "cba" and ("ab"):len() == 2)
assert(("ab"):rep(3, ",") == "ab,ab,ab" and ("x"):rep(0) == "" and ("x"):rep(-1) == "")
assert(("%5.1f|%-4d|%04x|%q|%s|%%|%c|%g|%i"):format(3.14159, 7, 255, "a\n\"\0", nil, 65, 0.1, 3) ==
  '  3.1|7   |00ff|"a\\\n\\"\\0"|nil|%|A|0.1|3')
assert(("%a"):format(1):find("^0x1p%+0$") and ("%10.3s|"):format("abcdef") == "       abc|")
assert(not pcall(string.format, "%d", 1.5) and not pcall(string.format, "%y", 1))
assert(("hello world"):find("o w") == 5 and ("a.b"):find(".", 1, true) == 2 and ("abc"):find("b", -1) == nil)
assert(select(2, ("abc"):find("")) == 0 and ("abc"):find("", 10) == nil and ("abc"):find("", 4) == 4)
assert(("key = value"):match("^(%w+)%s*=%s*(%w+)$") == "key")
assert(select(2, ("key = value"):match("^(%w+)%s*=%s*(%w+)$")) == "value")
assert(("  trim  "):match("^%s*(.-)%s*$") == "trim" and ("x"):match("()") == 1)
assert(("THE (quick) fox"):find("%((%a+)%)") == 5 and ("f(a(b)c)d"):match("%b()") == "(a(b)c)")
assert(("THE (quick) fox"):gsub("%f[%a]%a+", string.lower) == "the (quick) fox")
assert(("abab"):match("(a)(b)%1%2") == "a" and ("aXb"):gsub("%u", "%%%0") == "a%Xb")
local out, n = ("hello world"):gsub("o", { o = "0" })
assert(out == "hell0 w0rld" and n == 2)
assert(("abc"):gsub("%w", "%0%0", 2) == "aabbc" and ("abc"):gsub("", "-") == "-a-b-c-")
assert(("$name is $age"):gsub("%$(%w+)", { name = "Lua", age = false }) == "Lua is $age")
assert(not pcall(string.gsub, "x", "x", "%2") and not pcall(string.gsub, "x", "x", "%") and not pcall(string.rep))
local keys = {}
for k, v in ("a=1, b=2"):gmatch("(%w+)=(%w+)") do keys[#keys + 1] = k .. v end
assert(table.concat(keys, ",") == "a1,b2")
local positions = {}
for p in ("aXbX"):gmatch("()X") do positions[#positions + 1] = p end
assert(table.concat(positions, " ") == "2 4")
assert(("[]]"):match("[]]") == "]" and ("a-z"):match("[a%-z]+") == "a-z" and ("^"):match("[%^]") == "^")
assert(("0123"):match("[^%D]+") == "0123" and ("\0a\0"):match("%z") == "\0" and ("a\0b"):find("\0") == 2)
assert(("aaa"):match("a-b") == nil and ("aaab"):match("a-b") == "aaab" and ("ab"):match("a?b?c?$") == "ab")
for _, p in ipairs { "(", ")", "%", "[a", "[", "%b", "%bx", "%f", "%1", "(()", "[%", "%2" } do
  assert(not pcall(string.match, "x", p), p)
end
local packed = string.pack("<i4 >I2 z s1 d", -2, 258, "zero", "one", 1.5)
local a, b, c, d, e = string.unpack("<i4 >I2 z s1 d", packed)
assert(a == -2 and b == 258 and c == "zero" and d == "one" and e == 1.5)
assert(string.packsize("<i4 i8") == 12 and not pcall(string.packsize, "s") and not pcall(string.pack, "i17", 1))
