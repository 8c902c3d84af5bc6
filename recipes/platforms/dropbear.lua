-- Any system whose SSH server is dropbear. Before the system's own platform, because what that one knows of sshd
-- does not hold here.
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
    log = "dropbear logs modes that it does not like once for each process; restart it to see them again",
  },
}
