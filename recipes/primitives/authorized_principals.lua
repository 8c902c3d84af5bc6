-- Principals of certificates for logins to an account.
primitive {
  summary = "Sets the certificate principals that may log in to an account.",
  needs = { "files", "root" },
  params = {
    { "account", "The account." },
    { "names", "The principals; with an empty list, no certificate can log in.", type = "string[]" },
    { "folder", "The folder named in AuthorizedPrincipalsFile.", type = "path", default = "/etc/ssh/auth_principals" },
  },
  results = { { "path", "string", "The file with the principals." } },
  done = "The file was read again. sshd uses the file once it trusts a CA: see `trusted_ca`.",
  example = [[pi:authorized_principals { "pi", { "ada", "admins" } }]],

  check = function(args)
    if not args.account:match "^[%a_][%w_.-]*$" then
      fail { kind = "argument", message = ("%q is no name of an account"):format(args.account) }
    end
    for _, name in ipairs(args.names) do
      if name == "" or name:find "[%s,\"]" then
        fail { kind = "argument", message = ("%q is no name in a certificate"):format(name) }
      end
    end
  end,

  body = function(host, args)
    local path = args.folder .. "/" .. args.account
    local wanted = #args.names > 0 and table.concat(args.names, "\n") .. "\n" or ""
    local folder = host:status { args.folder, root = true }
    if folder.exists and host:read { path, default = "\0", root = true } == wanted then
      return unchanged("the names for " .. args.account .. " are as wanted already", { path = path })
    end
    return change(("certificates for %s: %s"):format(args.account, table.concat(args.names, ", ")), function()
      if not folder.exists then host:mkdir { args.folder, "755", root = true } end
      host:write { path, wanted, mode = "644", root = true }
    end, { path = path })
  end,
}
