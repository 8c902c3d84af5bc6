local ok, e = pcall(error, {kind = "x"}) return e.kind, load("return 1 + ...")(2), 7 // 0.0, 1 << 63
