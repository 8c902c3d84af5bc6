-- What people do who close a host to passwords: each step decides about logins.
recipe {
  summary = "Changes keys, modes and sshd's configuration, to be cut anywhere",
  hosts = { { "host", "A host of the lab" } },
  needs = { "keys", "files", "ssh" },

  run = function(hosts)
    local host, key = hosts.host, "~/.ssh/id_ed25519"

    step "Let the key in"
    host:copy_id { key = key .. ".pub" }
    host:chmod("~", "g-w,o-rwx")
    host:chmod("~/.ssh", "700")
    host:chmod("~/.ssh/authorized_keys", "600")

    step "Close the host to passwords"
    host:edit_config { options = { PasswordAuthentication = "no", LoginGraceTime = "77" }, within = 10 }
    host:restart_ssh { key = key, restart = true }

    step "Log in with the key alone"
    local login = host:verify_login { key = key }
    if not login.ok then fail(login) end
  end,
}
