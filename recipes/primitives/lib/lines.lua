-- Lines of files.
local lines = {}

-- The lines of a text, and their end: "\r\n" only if all lines end so.
function lines.split(text)
  local ending = text:find "\r\n" and not text:gsub("\r\n", ""):find "\n" and "\r\n" or "\n"
  local list = {}
  if text == "" then return list, ending end
  if text:sub(-#ending) ~= ending then text = text .. ending end
  for line in text:gmatch("(.-)" .. ending) do list[#list + 1] = line end
  return list, ending
end

-- Refuses a text that is no Lua pattern.
function lines.check(pattern)
  if not pattern then return end
  local isValid, problem = pcall(string.find, "", pattern)
  if not isValid then
    fail { kind = "argument", message = ("%q is no Lua pattern: %s"):format(pattern, tostring(problem):gsub("^.-:%d+: ", "")) }
  end
end

return lines
