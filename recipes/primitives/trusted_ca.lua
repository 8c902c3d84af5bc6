-- Certification authorities of users.
primitive {
  summary = "Has sshd trust the certificates of a certification authority (TrustedUserCAKeys).",
  needs = { "ssh", "files", "root" },
  params = {
    { "keys", "The public keys of the authorities, as in `id_ca.pub`.", type = "string[]" },
    { "file", "The file for the keys on the host.", type = "path", default = "/etc/ssh/trusted_user_ca.pub" },
    { "principals", "The folder with the principals of each account; by default, a certificate must name the account.",
      type = "path", optional = true },
  },
  results = { { "path", "string", "The file with the keys." } },
  done = "sshd -T shows the options; the running sshd reads them with `restart_ssh`, or at the end of the run.",
  example = [[pi:trusted_ca { { ca_key }, principals = "/etc/ssh/auth_principals" }]],

  check = function(args)
    for _, key in ipairs(args.keys) do
      if not key:match "^[%w@.-]+ AAAA[%w+/=]+" or key:find "\n" or key:find "PRIVATE" then
        fail { kind = "key", message = ("%q is no public key"):format(key:sub(1, 40)) }
      end
    end
    if #args.keys == 0 then fail { kind = "argument", message = "at least one key of an authority is needed" } end
  end,

  body = function(host, args)
    local wanted = table.concat(args.keys, "\n") .. "\n"
    local options = { TrustedUserCAKeys = args.file }
    if args.principals then options.AuthorizedPrincipalsFile = args.principals .. "/%u" end
    local same = host:read { args.file, default = "", root = true } == wanted
    local ready = same and pcall(host.edit_config, host, { options = options })
    if ready then return unchanged("sshd is set up for these authorities already", { path = args.file }) end
    return change("certificates: sshd trusts " .. #args.keys .. " of their authorities", function()
      if not same then host:write { args.file, wanted, mode = "644", root = true } end
      host:edit_config { options = options }
    end, { path = args.file })
  end,
}
