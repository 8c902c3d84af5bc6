-- The host's own name.
local shell = require "primitives.lib.shell"

primitive {
  summary = "Sets the host's own name, now and at each boot.",
  needs = { "files", "run", "root" },
  params = { { "name", "The name, without the domain." } },
  results = { { "name", "string", "The name in effect." } },
  done = "The kernel and /etc/hostname have the name, and /etc/hosts has the new name in place of the old name.",
  example = [[pi:hostname "kitchen"]],

  check = function(args)
    local name = args.name
    if not name:match "^%w[%w-]*$" or #name > 63 or name:sub(-1) == "-" then
      fail { kind = "argument", message = ("%q is no name of a host; expected letters, digits and -"):format(name) }
    end
  end,

  body = function(host, args)
    local name = args.name
    local seen = host:query {
      now = "uname -n", vendor = "[ -d /usr/syno ] || [ -x /sbin/procd ] || [ \"$(uname -s)\" != Linux ]",
    }
    if seen.vendor.ok then
      fail { kind = "unsupported", message = "the system of " .. host.name .. " keeps its name itself" }
    end
    local now = seen.now.text
    local kept = host:read({ "/etc/hostname", default = "" }):gsub("%s+$", "")
    local hosts = host:read { "/etc/hosts", default = "" }
    local old = kept ~= "" and kept or now
    local pattern = "(\n127%.0%.1%.1[ \t][^\n]*)%f[%w-]" .. old:gsub("%p", "%%%0") .. "%f[^%w-]"
    local wanted = old ~= name and ("\n" .. hosts):gsub(pattern, "%1" .. name):sub(2) or hosts
    if now == name and kept == name and wanted == hosts then return unchanged("the name is " .. name .. " already", { name = name }) end
    return change(("name of the host: %s -> %s"):format(now, name), function()
      if wanted ~= hosts then host:write { "/etc/hosts", wanted, root = true } end
      if kept ~= name then host:write { "/etc/hostname", name .. "\n", root = true } end
      if now ~= name then
        host:run { shell.words("hostname", name), root = true, undo = shell.words("hostname", now),
          undo_if = "[ \"$(uname -n)\" = " .. shell.quote(name) .. " ]" }
      end
    end, { name = name })
  end,
}
