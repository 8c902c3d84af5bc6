-- One line in a file.
local lines = require "primitives.lib.lines"

primitive {
  summary = "Adds, replaces or removes a line in a file.",
  needs = { "files" },
  may_need = { "root" },
  params = {
    { "path", "The file.", type = "path" },
    { "line", "The whole line, without the newline." },
    { "match", "A Lua pattern; the last matching line is replaced.", optional = true },
    { "after", "A Lua pattern; a new line comes after the last matching line, or at the end.", optional = true },
    { "state", "Whether the file has the line. `absent` removes all lines that are equal or match.",
      one_of = { "present", "absent" }, default = "present" },
    { "create", "Whether to create a missing file.", default = false },
    { "mode", "The mode of a new file.", type = "mode", default = "644" },
    { "root", "Do it as root; needs the permission `root` too.", default = false },
  },
  done = "The file was read again. All other lines are as before.",
  example = [[pi:line { "/etc/hosts", "192.168.1.7 nas", match = "%snas$", root = true }]],

  check = function(args)
    if args.line:find "[\r\n]" then fail { kind = "argument", message = "a line has no line end inside" } end
    lines.check(args.match)
    lines.check(args.after)
  end,

  body = function(host, args)
    local status = host:status { args.path, root = args.root }
    local present = args.state == "present"
    if not status.exists and not (present and args.create) then
      if not present then return unchanged(args.path .. " is not there") end
      fail { kind = "absent", message = "there is no file " .. args.path, fix = { "make it with it: create = true" },
        paths = { args.path } }
    end
    local text = status.exists and host:read { args.path, root = args.root } or ""
    local found, ending = lines.split(text)

    local function fits(line) return line == args.line or args.match ~= nil and line:find(args.match) ~= nil end
    if present then
      local place, behind
      for number, line in ipairs(found) do
        if line == args.line then return unchanged(args.path .. " has the line already") end
        if args.match and line:find(args.match) then place = number end
        if args.after and line:find(args.after) then behind = number end
      end
      if place then
        found[place] = args.line
      else
        table.insert(found, (behind or #found) + 1, args.line)
      end
    else
      local kept = {}
      for _, line in ipairs(found) do if not fits(line) then kept[#kept + 1] = line end end
      if #kept == #found then return unchanged(args.path .. " has no such line") end
      found = kept
    end
    local wanted = #found == 0 and "" or table.concat(found, ending) .. ending
    return change(("%s: the line %q"):format(args.path, args.line), function()
      host:write { args.path, wanted, mode = not status.exists and args.mode or nil, root = args.root }
    end)
  end,
}
