local t = setmetatable({}, {__index = function(_, k) return k end}) return t.x .. tostring(t)
