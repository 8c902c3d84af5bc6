for k, v in string.gmatch("a=1, b=2", "(%w+)=(%w+)") do echo(k, v) end
