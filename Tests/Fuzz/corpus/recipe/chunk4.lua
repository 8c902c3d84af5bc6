goto x do local a <const> = 1 end ::x:: return select("#", table.unpack({1, 2, 3}))
