-- Keys of hosts in known_hosts.
primitive {
  summary = "Adds a host's key to an account's known_hosts, or removes the host's keys.",
  needs = { "files" },
  params = {
    { "name", "The host's name in known_hosts: `nas`, `192.168.1.7` or `[nas]:2222`." },
    { "key", "The public key, as in `ssh_host_ed25519_key.pub`; required for `present`.", optional = true },
    { "state", "Whether the host is known.", one_of = { "present", "absent" }, default = "present" },
    { "path", "The file.", type = "path", default = "~/.ssh/known_hosts" },
  },
  done = "The file was read again. Hashed names are not changed.",
  example = [[here:known_host { "nas", "ssh-ed25519 AAAAC3…" }]],

  check = function(args)
    if args.name:find "[%s,*?!|]" or args.name == "" then
      fail { kind = "argument", message = ("%q is no name of a host"):format(args.name) }
    end
    local present = args.state == "present"
    local kind, blob = (args.key or ""):match "^([%w@.-]+) +(AAAA[%w+/=]+)"
    if present and not kind then fail { kind = "key", message = "the public key of the host is needed, and no other text" } end
  end,

  body = function(host, args)
    local present = args.state == "present"
    local kind, blob = (args.key or ""):match "^([%w@.-]+) +(AAAA[%w+/=]+)"
    local text = host:read { args.path, default = "" }
    local lines, found, other = {}, false, nil
    for line in text:gmatch "[^\n]+" do
      local names, itsKind, itsBlob = line:match "^(%S+)%s+(%S+)%s+(%S+)"
      local isOurs = false
      for name in (names or ""):gmatch "[^,]+" do isOurs = isOurs or name == args.name end
      if isOurs and present and itsKind == kind then
        if itsBlob == blob then found = true else other = line end
        lines[#lines + 1] = line
      elseif not isOurs or present then
        lines[#lines + 1] = line
      end
    end
    if other and not found then
      fail { kind = "hostkey", message = ("another key of %s is in %s"):format(args.name, args.path),
        fix = { "remove it first, if the host has a new one: state = \"absent\"" } }
    end
    if present then
      if found then return unchanged(args.name .. " is known already") end
      lines[#lines + 1] = ("%s %s %s"):format(args.name, kind, blob)
    end
    local wanted = #lines > 0 and table.concat(lines, "\n") .. "\n" or ""
    if wanted == text then return unchanged(args.name .. " is not known") end
    return change(("known_hosts: %s %s"):format(present and "add" or "remove", args.name), function()
      if not host:status("~/.ssh").exists and args.path:match "^~/%.ssh/" then host:mkdir("~/.ssh", "700") end
      host:write { args.path, wanted, mode = text == "" and "600" or nil }
    end)
  end,
}
