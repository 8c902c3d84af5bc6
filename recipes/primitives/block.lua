-- Several lines in a file, between two marks.
local lines = require "primitives.lib.lines"

local function marks(args)
  return ("%s begin %s"):format(args.comment, args.name), ("%s end %s"):format(args.comment, args.name)
end

primitive {
  summary = "Adds, replaces or removes a block of lines between two marks in a file.",
  needs = { "files" },
  may_need = { "root" },
  params = {
    { "path", "The file.", type = "path" },
    { "text", "The lines; `\"\"` removes the block.", type = "bytes" },
    { "name", "The name in the marks, to tell several blocks in a file apart.", default = "ssh-recipes" },
    { "comment", "The beginning of a comment in the file.", default = "#" },
    { "before", "A Lua pattern; a new block comes before the first matching line, or at the end.", optional = true },
    { "create", "Whether to create a missing file.", default = false },
    { "mode", "The mode of a new file.", type = "mode", default = "644" },
    { "root", "Do it as root; needs the permission `root` too.", default = false },
  },
  done = "The file was read again. All lines outside the marks are as before.",
  example = [[pi:block { "/etc/hosts", "192.168.1.7 nas\n192.168.1.8 pi", name = "home", root = true }]],

  check = function(args)
    local first, last = marks(args)
    lines.check(args.before)
    if (first .. last):find "[\r\n]" then fail { kind = "argument", message = "marks have no line end inside" } end
    for _, line in ipairs((lines.split(args.text:gsub("\r\n", "\n")))) do
      if line == first or line == last then
        fail { kind = "argument", message = ("the block has its own mark %q inside"):format(line) }
      end
    end
  end,

  body = function(host, args)
    local first, last = marks(args)
    local body = args.text:gsub("\r\n", "\n"):gsub("\n$", "")
    local status = host:status { args.path, root = args.root }
    if not status.exists and not args.create then
      if body == "" then return unchanged(args.path .. " is not there") end
      fail { kind = "absent", message = "there is no file " .. args.path, fix = { "make it with it: create = true" },
        paths = { args.path } }
    end
    local text = status.exists and host:read { args.path, root = args.root } or ""
    local _, ending = lines.split(text)
    if ending == "\r\n" then text = text:gsub("\r\n", "\n") end
    if text ~= "" and text:sub(-1) ~= "\n" then text = text .. "\n" end
    local block = body == "" and "" or ("%s\n%s\n%s\n"):format(first, body, last)

    local start = ("\n" .. text):find("\n" .. first .. "\n", 1, true)
    local stop, finish
    if start then
      stop, finish = text:find("\n" .. last .. "\n", start, true)
      if not stop then
        fail { kind = "refused", message = ("%s has the mark %q without its end"):format(args.path, first),
          paths = { args.path } }
      end
    end
    local wanted
    if start then
      wanted = text:sub(1, start - 1) .. block .. text:sub(finish + 1)
    elseif args.before and block ~= "" then
      local place = 1
      for line, behind in text:gmatch "([^\n]*)\n()" do
        if line:find(args.before) then break end
        place = behind
      end
      wanted = text:sub(1, place - 1) .. block .. text:sub(place)
    else
      wanted = text .. block
    end
    if wanted == text then return unchanged(("%s has the block %s as wanted"):format(args.path, args.name)) end
    return change(("%s: the block %s"):format(args.path, args.name), function()
      host:write { args.path, (wanted:gsub("\n", ending)), mode = not status.exists and args.mode or nil, root = args.root }
    end)
  end,
}
