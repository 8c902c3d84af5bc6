-- The same, with primitives of the library in Lua: their files and commands are to be undone as well.
recipe {
  summary = "Changes keys, sshd's configuration, sudo and files, to be cut anywhere",
  hosts = { { "host", "A host of the lab" } },
  needs = { "keys", "files", "ssh", "run", "root" },

  run = function(hosts)
    local host, key = hosts.host, "~/.ssh/id_ed25519"

    step "Let the key in"
    host:copy_id { key = key .. ".pub" }
    host:chmod("~", "g-w,o-rwx")
    host:chmod("~/.ssh", "700")
    host:chmod("~/.ssh/authorized_keys", "600")

    step "Let the backup in"
    host:sudoers { "backup", "pi ALL=(root) NOPASSWD: /bin/true" }
    host:run { "touch /etc/backup", root = true, undo = "rm -f /etc/backup" }
    host:line { "/etc/backup.conf", "source = /home", create = true, root = true }

    step "Close the host to passwords"
    host:edit_config { options = { PasswordAuthentication = "no", LoginGraceTime = "77" }, within = 10 }
    host:restart_ssh { key = key, restart = true }

    step "Log in with the key alone"
    local login = host:verify_login { key = key }
    if not login.ok then fail(login) end
  end,
}
