-- Settings of the Linux kernel.
local shell = require "primitives.lib.shell"

primitive {
  summary = "Sets a kernel parameter, now and at each boot.",
  needs = { "files", "run", "root" },
  params = {
    { "name", "The parameter, such as `net.ipv4.ip_forward`." },
    { "value", "The value." },
    { "file", "The file in `/etc/sysctl.d` for the parameter.", default = "60-ssh-recipes.conf" },
  },
  results = { { "value", "string", "The value in effect." } },
  done = "The kernel has the value, and the file has the line.",
  example = [[pi:sysctl { "vm.swappiness", "10" }]],

  check = function(args)
    local name = args.name
    if not name:match "^[%w_][%w_./-]*$" or name:find("..", 1, true) then
      fail { kind = "argument", message = ("%q is no name of a parameter"):format(name) }
    end
    if not args.file:match "^[%w_.-]+%.conf$" then
      fail { kind = "argument", message = ("%q is no file name that ends in .conf"):format(args.file) }
    end
  end,

  body = function(host, args)
    local name, value = args.name, args.value:gsub("^%s+", ""):gsub("%s+$", ""):gsub("%s+", " ")
    local path = "/proc/sys/" .. name:gsub("%.", "/")
    local seen = host:query({
      there = "[ -d /proc/sys ] && [ -d /etc/sysctl.d ]",
      now = "cat " .. shell.quote(path), writable = "[ -w " .. shell.quote(path) .. " ]",
    }, { root = true })
    if not seen.there.ok then
      fail { kind = "unsupported", message = "parameters of the kernel cannot be kept on " .. host.name,
        explanation = "there is no /proc/sys, or no /etc/sysctl.d" }
    end
    if not seen.now.ok then fail { kind = "absent", message = "the kernel has no parameter " .. name } end
    if not seen.writable.ok then
      fail { kind = "unsupported", message = ("the kernel lets nobody set %s on %s"):format(name, host.name) }
    end
    local now = seen.now.text:gsub("%s+", " ")
    local file = "/etc/sysctl.d/" .. args.file
    local text = host:read { file, default = "", root = true }
    local line = name .. " = " .. value
    local kept = ("\n" .. text):find("\n" .. line .. "\n", 1, true)
    if now == value and kept then return unchanged(line .. " already", { value = value }) end
    return change(("%s: %s -> %s"):format(name, now, value), function()
      host:line { file, line, match = "^%s*" .. name:gsub("%p", "%%%0") .. "%s*=", create = true, root = true }
      if now ~= value then
        host:run { ("printf '%%s\\n' %s >%s"):format(shell.quote(value), shell.quote(path)), root = true,
          undo = ("printf '%%s\\n' %s >%s"):format(shell.quote(now), shell.quote(path)),
          undo_if = ("[ \"$(tr -s '\\t ' ' ' <%s)\" = %s ]"):format(shell.quote(path), shell.quote(value)) }
      end
    end, { value = value })
  end,
}
