-- Any system whose SSH server is dropbear. Tried before the system's own platform, whose facts about sshd do not
-- apply to dropbear.
platform {
  name = "dropbear",
  title = "dropbear",
  priority = 60,
  detect = { { banner = "dropbear" } },
  reload = {},
  -- dropbear reads its options only when it starts.
  restart = {
    { command = "rc-service dropbear restart", needs = "rc-service" },
    { command = "/sbin/rc-service dropbear restart", needs = "/sbin/rc-service" },
    { command = "/etc/init.d/dropbear restart", needs = "/etc/init.d/dropbear" },
    { command = "systemctl restart dropbear", needs = "systemctl" },
  },
  logs = {
    "/var/log/messages",
    "/var/log/auth.log",
    { command = 'logread | tail -n "$1"', follow = "logread -f", needs = "logread" },
    {
      command = 'journalctl -u dropbear -n "$1" --no-pager',
      follow = 'journalctl -u dropbear -n 0 -f --no-pager',
      needs = "journalctl",
    },
  },
  sshd = {},
  config_owner = "dropbear has no configuration file; its options stand where it is started",
  notes = {
    scp = "there may be no SFTP: copy files with scp -O",
    log = "dropbear logs wrong modes only once per process; restart it to see them again",
  },
}
