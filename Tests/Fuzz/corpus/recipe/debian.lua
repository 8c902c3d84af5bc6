platform {
  name = "debian",
  title = "Debian",
  detect = { { os = "debian" } },
  -- Some boxes have systemd's tools but another init.
  reload = {
    {
      command = "if [ -d /run/systemd/system ]; then systemctl reload ssh; else service ssh reload; fi",
      needs = "systemctl",
    },
    { command = "/usr/sbin/service ssh reload", needs = "/usr/sbin/service" },
    "/etc/init.d/ssh reload",
  },
  restart = {
    {
      command = "if [ -d /run/systemd/system ]; then systemctl restart ssh; else service ssh restart; fi",
      needs = "systemctl",
    },
    { command = "/usr/sbin/service ssh restart", needs = "/usr/sbin/service" },
    "/etc/init.d/ssh restart",
  },
  -- Without rsyslog, as from Debian 12 on, there is only the journal. It is asked by unit: since OpenSSH 9.8 the lines
  -- come from sshd-session too.
  logs = {
    {
      command = 'journalctl -u ssh -n "$1" --no-pager',
      follow = 'journalctl -u ssh -n 0 -f --no-pager',
      needs = "journalctl",
    },
    "/var/log/auth.log",
  },
  tolerates_private_groups = true,
  clicks = {
    ssh_off = "On the machine's own screen and keyboard: sudo apt install openssh-server, "
      .. "then sudo systemctl enable --now ssh",
    restart_ssh = "On the machine's own screen and keyboard: sudo systemctl restart ssh",
    autoblock = "sudo apt install fail2ban; its jail \"sshd\" is on by default. "
      .. "Put your own address into ignoreip first.",
  },
}
