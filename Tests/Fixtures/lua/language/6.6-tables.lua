-- Reference manual 6.6: table functions
local t = { 3, 1, 2 }
table.sort(t)
assert(table.concat(t, ",") == "1,2,3" and table.concat(t, "-", 2, 3) == "2-3" and table.concat({}) == "")
table.sort(t, function(a, b) return a > b end)
assert(table.concat(t) == "321" and not pcall(table.sort, { 1, "x" }))
local odd = { 1, 2, 3, 4, 5 }
assert(pcall(table.sort, odd, function() return true end) and #odd == 5)
table.insert(t, 9)
table.insert(t, 1, 0)
assert(table.concat(t, " ") == "0 3 2 1 9" and not pcall(table.insert, t, 9, 1) and not pcall(table.insert, t))
assert(table.remove(t) == 9 and table.remove(t, 1) == 0 and table.concat(t) == "321" and table.remove({}) == nil)
assert(table.remove(t, #t + 1) == nil and not pcall(table.remove, t, 9) and table.remove({}, 0) == nil)
assert(table.concat(table.move({ 1, 2, 3 }, 1, 3, 2), " ") == "1 1 2 3")
assert(table.concat(table.move({ 1, 2, 3 }, 2, 3, 1), " ") == "2 3 3")
local itself = { 1, 2, 3 }
assert(table.concat(table.move(itself, 1, 3, 2, itself), " ") == "1 1 2 3")
assert(table.concat(table.move({ 1, 2 }, 1, 2, 1, { 9 }), " ") == "1 2" and #table.move({}, 1, 0, 5) == 0)
assert(table.pack(1, nil).n == 2 and select("#", table.unpack({ 1, nil, 3 }, 1, 3)) == 3)
assert(table.unpack({ 1, 2, 3 }, 2) == 2 and select("#", table.unpack({})) == 0 and table.unpack({ 1, 2 }, -1, 1) == nil)
assert(not pcall(table.concat, { 1, {} }) and table.concat({ 1, 2.5, "x" }) == "12.5x")
local log = {}
local proxy = setmetatable({}, {
  __index = function(_, k) return k <= 3 and k * 10 or nil end,
  __newindex = function(_, k, v) log[#log + 1] = k .. "=" .. tostring(v) end,
  __len = function() return 3 end,
})
assert(table.concat(proxy, " ") == "10 20 30" and select("#", table.unpack(proxy)) == 3)
table.insert(proxy, "x")
assert(log[1] == "4=x" and table.remove(proxy, 1) == 10)
