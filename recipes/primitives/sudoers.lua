-- Rules of sudo in files of their own.
primitive {
  summary = "Adds, replaces or removes a file of sudo rules.",
  needs = { "files", "run", "root" },
  params = {
    { "name", "The file's name below `/etc/sudoers.d`: letters, digits, - and _." },
    { "rules", "The rules, in the form of sudoers(5); `\"\"` removes the file." },
  },
  results = { { "path", "string", "The file." } },
  done = "visudo accepted the rules before the file was in place, and the file was read again.",
  example = [[pi:sudoers { "backup", "backup ALL=(root) NOPASSWD: /usr/bin/rsync" }]],

  check = function(args)
    if not args.name:match "^%w[%w_-]*$" then
      fail { kind = "argument", message = ("%q is no name that sudo reads; expected letters, digits, - and _"):format(args.name) }
    end
  end,

  body = function(host, args)
    local seen = host:query({ folder = "[ -d /etc/sudoers.d ]", visudo = "command -v visudo || ls /usr/sbin/visudo" }, { root = true })
    if not seen.folder.ok or not seen.visudo.ok then
      fail { kind = "unsupported", message = "sudo with /etc/sudoers.d and visudo is not on " .. host.name }
    end
    local path = "/etc/sudoers.d/" .. args.name
    local status = host:status { path, root = true }
    local wanted = args.rules:gsub("\n$", "")
    if wanted == "" then
      if not status.exists then return unchanged("there is no file " .. path) end
      return change("rules of sudo: " .. args.name .. " removed", function() host:remove { path, root = true } end)
    end
    wanted = wanted .. "\n"
    if status.exists and host:read { path, root = true } == wanted and tonumber(status.mode, 8) == tonumber("440", 8) then
      return unchanged("the rules of " .. args.name .. " are as wanted already", { path = path })
    end
    local check = host:run {
      "PATH=$PATH:/usr/sbin; visudo -c -f -", input = wanted, reads = true, check = false, root = true,
    }
    if check.status ~= 0 then
      fail { kind = "refused", message = "visudo refuses the rules, so that they were not written",
        seen = { check.stdout, check.stderr } }
    end
    return change("rules of sudo: " .. args.name, function()
      host:write { path, wanted, mode = "440", root = true }
    end, { path = path })
  end,
}
