-- Hosts in ~/.ssh/config.
primitive {
  summary = "Adds, replaces or removes an entry for a host in an account's ~/.ssh/config.",
  needs = { "files" },
  params = {
    { "name", "The name for the host." },
    { "options", "The options of ssh_config(5) by name; an empty table removes the entry.", type = "table" },
    { "path", "The file.", type = "path", default = "~/.ssh/config" },
  },
  done = "The file was read again. The entry is first in the file, between two marks, since ssh takes the first value.",
  example = [[here:ssh_config { "nas", { HostName = "192.168.1.7", User = "ada" } }]],

  check = function(args)
    if args.name:find "[%s#\"]" or args.name == "" then
      fail { kind = "argument", message = ("%q is no name for a host"):format(args.name) }
    end
    for name, value in pairs(args.options) do
      if not name:match "^%a+$" or name:lower() == "host" or name:lower() == "match" or tostring(value):find "\n" then
        fail { kind = "argument", message = ("%q is no option for one host"):format(name) }
      end
    end
  end,

  body = function(host, args)
    local names = {}
    for name in pairs(args.options) do names[#names + 1] = name end
    table.sort(names)
    local lines = {}
    if #names > 0 then
      lines[1] = "Host " .. args.name
      for _, name in ipairs(names) do
        local value = args.options[name]
        if value == true then value = "yes" elseif value == false then value = "no" end
        lines[#lines + 1] = ("  %s %s"):format(name, tostring(value))
      end
    end
    local text = host:read { args.path, default = "" }
    local first, last = "# begin ssh-recipes " .. args.name, "# end ssh-recipes " .. args.name
    local block = #lines > 0 and ("%s\n%s\n%s\n"):format(first, table.concat(lines, "\n"), last) or ""
    local start = ("\n" .. text):find("\n" .. first .. "\n", 1, true)
    local wanted = block .. text
    if start then
      local _, finish = text:find("\n" .. last .. "\n", start, true)
      if not finish then
        fail { kind = "refused", message = ("%s has the mark %q without its end"):format(args.path, first) }
      end
      wanted = text:sub(1, start - 1) .. block .. text:sub(finish + 1)
    end
    if wanted == text then return unchanged("the entry for " .. args.name .. " is as wanted already") end
    return change(("~/.ssh/config: %s"):format(#lines > 0 and "Host " .. args.name or args.name .. " removed"), function()
      if not host:status("~/.ssh").exists and args.path:match "^~/%.ssh/" then host:mkdir("~/.ssh", "700") end
      host:write { args.path, wanted, mode = text == "" and "600" or nil }
    end)
  end,
}
