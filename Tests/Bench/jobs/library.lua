-- An account for backups, with primitives of the library.
recipe {
  summary = "An account, its group, a line, a file and a service",
  hosts = { { "to", "The host" } },
  needs = { "files", "run", "root" },
  run = function(hosts)
    local to = hosts.to
    to:group("backup_readers")
    to:account { "keeper", shell = "/bin/sh", groups = { "backup_readers" } }
    to:line { "/etc/hosts", "192.0.2.7 nas", match = "%snas$", root = true }
    to:template { "/etc/logrotate.d/backup", text = "/var/log/{{name}}.log { weekly }\n", values = { name = "backup" }, root = true }
    to:service { "ssh", running = true, enabled = true }
  end,
}
