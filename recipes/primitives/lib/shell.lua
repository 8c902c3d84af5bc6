-- Words for commands in POSIX sh.
local shell = {}

-- The text as one quoted word.
function shell.quote(text)
  return "'" .. tostring(text):gsub("'", "'\\''") .. "'"
end

-- A command from words, each quoted.
function shell.words(...)
  local words = {}
  for place, word in ipairs { ... } do words[place] = shell.quote(word) end
  return table.concat(words, " ")
end

-- A script that begins with its values, as shell variables.
function shell.script(values, text)
  local lines = { "PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin" }
  local names = {}
  for name in pairs(values) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do lines[#lines + 1] = name .. "=" .. shell.quote(values[name]) end
  lines[#lines + 1] = text
  return table.concat(lines, "\n")
end

-- The lines `name=value` of an answer, as a table.
function shell.fields(text)
  local fields = {}
  for name, value in text:gmatch "([%w_]+)=([^\n]*)" do fields[name] = value end
  return fields
end

-- A path with the home directory in place of `~`.
function shell.expanded(path, home)
  return (path:gsub("^~", function() return home end))
end

-- Runs a command of `host:run`. The message tells that the command failed, with the reason where its output shows one.
function shell.act(host, message, command)
  local done, result = pcall(host.run, host, command)
  if done then return result end
  local text = (result.stderr or "") .. table.concat(result.seen or {}, " ")
  local reasons = {
    { "No space left", "limit", "the disk is full" },
    { "[Rr]ead%-only file system", "refused", "the disk is read-only" },
    { "[Cc]annot lock", "busy", "another program works on the same files" },
  }
  if result.kind == "exit" then
    result.message = message
    for _, reason in ipairs(reasons) do
      if text:find(reason[1]) then result.kind, result.message = reason[2], message .. ": " .. reason[3] end
    end
  end
  fail(result)
end

return shell
