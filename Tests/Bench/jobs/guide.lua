-- Lets the key in and sets an option that is in effect already, as most guides do: nothing is edited.
recipe {
  summary = "A key, modes and an option in effect already",
  hosts = { { "to", "The host" } },
  needs = { "keys", "files", "ssh", "root" },
  run = function(hosts)
    local to = hosts.to
    local key = here:keygen { reuse = true }
    to:chmod("~", "go-w")
    to:copy_id { key = key }
    to:edit_config { options = { PubkeyAuthentication = "yes" } }
    local login = to:verify_login { key = key }
    if not login.ok then fail(login) end
  end,
}
