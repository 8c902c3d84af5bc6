-- A file from a text with places for values.
-- The text with its values; each value needs a place, and each place a value.
local function fill(text, values)
  local used = {}
  local wanted = text:gsub("{{%s*([%w_]+)%s*}}", function(name)
    local value = values[name]
    if value == nil then return nil end
    used[name] = true
    return (tostring(value))
  end)
  for name in text:gmatch "{{%s*([%w_]+)%s*}}" do
    if values[name] == nil then
      fail { kind = "argument", message = ("the text has a place for %q, which has no value"):format(name) }
    end
  end
  for name in pairs(values) do
    if not used[name] then
      fail { kind = "argument", message = ("the text has no place for the value %q"):format(name) }
    end
  end
  return wanted
end

primitive {
  summary = "Writes a file from a text, with values in place of each {{name}}.",
  needs = { "files" },
  may_need = { "root" },
  params = {
    { "path", "The file on the host.", type = "path" },
    { "text", "The text; give either `text` or `from`.", type = "bytes", optional = true },
    { "from", "A file on this computer with the text.", type = "path", optional = true },
    { "values", "The values by name. A missing value is an error, and so is a value that the text does not use.", type = "table" },
    { "mode", "The mode afterwards; by default 644 for a new file.", type = "mode", optional = true },
    { "root", "Write as root; needs the permission `root` too.", default = false },
  },
  done = "The file was read again, and has the text with the values.",
  example = [[pi:template { "~/.plan", text = "{{name}} is away.\n", values = { name = "Ada" } }]],

  check = function(args)
    if (args.text == nil) == (args.from == nil) then
      fail { kind = "argument", message = "template takes either `text` or `from`" }
    end
    if args.text then fill(args.text, args.values) end
  end,

  body = function(host, args)
    local text = args.text or here:read(args.from)
    local wanted = fill(text, args.values)
    local status = host:status { args.path, root = args.root }
    if status.exists and host:read { args.path, root = args.root } == wanted
      and (not args.mode or tonumber(args.mode, 8) == tonumber(status.mode, 8)) then
      return unchanged(args.path .. " is as wanted already")
    end
    return change(args.path .. ": from a template", function()
      host:write { args.path, wanted, mode = args.mode, root = args.root }
    end)
  end,
}
