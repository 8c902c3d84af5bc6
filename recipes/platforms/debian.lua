platform {
  name = "debian",
  title = "Debian",
  detect = { { os = "debian" } },
  -- Some boxes have systemd's tools but another init. If ssh.socket listens in sshd's place, a reload would end sshd,
  -- which does not find the socket again. A running service keeps its socket from starting; sessions outlive both.
  reload = {
    {
      command = "if [ ! -d /run/systemd/system ]; then service ssh reload; "
        .. "elif systemctl -q is-active ssh.socket; then systemctl daemon-reload && systemctl stop ssh.service "
        .. "&& systemctl restart ssh.socket; else systemctl reload ssh; fi",
      needs = "systemctl",
    },
    { command = "/usr/sbin/service ssh reload", needs = "/usr/sbin/service" },
    "/etc/init.d/ssh reload",
  },
  restart = {
    {
      command = "if [ ! -d /run/systemd/system ]; then service ssh restart; "
        .. "elif systemctl -q is-enabled ssh.socket; then systemctl daemon-reload && systemctl stop ssh.service "
        .. "&& systemctl restart ssh.socket; else systemctl restart ssh; fi",
      needs = "systemctl",
    },
    { command = "/usr/sbin/service ssh restart", needs = "/usr/sbin/service" },
    "/etc/init.d/ssh restart",
  },
  -- Without rsyslog, as from Debian 12 on, there is only the journal. It is read by unit, because since OpenSSH 9.8
  -- lines come from sshd-session too.
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
