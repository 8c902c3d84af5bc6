-- The same with a change of sshd's configuration, which passes all gates: check, rehearsal, watchdog, reload, proof.
recipe {
  summary = "A key, modes and a change of sshd's configuration",
  hosts = { { "to", "The host" } },
  needs = { "keys", "files", "ssh", "root" },
  run = function(hosts)
    local to = hosts.to
    local key = here:keygen { reuse = true }
    to:chmod("~", "go-w")
    to:copy_id { key = key }
    to:edit_config { options = { PubkeyAuthentication = "yes", X11Forwarding = "no" } }
    to:restart_ssh { key = key }
    local login = to:verify_login { key = key }
    if not login.ok then fail(login) end
  end,
}
