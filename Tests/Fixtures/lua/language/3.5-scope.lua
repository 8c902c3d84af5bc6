-- Reference manual 3.5: lexical scope and closures
local x = 10
do local x = x; x = x + 1; assert(x == 11) end
assert(x == 10)
local fs = {}
for i = 1, 3 do local y = 0; fs[i] = function() y = y + 1 return i * 10 + y end end
assert(fs[1]() == 11 and fs[1]() == 12 and fs[3]() == 31)
local function counter()
  local n = 0
  return function() n = n + 1 return n end, function() return n end
end
local up, get = counter()
up() up()
assert(get() == 2)
local function fact(n) return n <= 1 and 1 or n * fact(n - 1) end
assert(fact(20) == 2432902008176640000)
