return string.format("%5.2f %q %s %x", 1.5, "a\nb", {}, 255), string.pack("<i4z", 1, "x"), utf8.char(228, 8364)
