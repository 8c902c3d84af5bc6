-- Reference manual 6.3, as far as recipes have it: require
local m = require("parts.module")
assert(m == require("parts.module") and m.name == "parts.module" and m.loaded == 1)
assert(package == nil and not pcall(require, "no_such_module"))
