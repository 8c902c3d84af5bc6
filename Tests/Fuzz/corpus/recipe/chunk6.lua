table.sort({"b", "a"}, function(a, b) return a < b end) return ("x"):rep(10, ","), #table.concat({1, 2}, ";")
