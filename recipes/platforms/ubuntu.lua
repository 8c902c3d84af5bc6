-- From 22.10 on systemd holds the port: ssh.service runs only once somebody has connected, so that "not running" is no
-- fault, and a reload of nothing is none either. From 24.04 on the socket's port is made from sshd_config.
platform {
  name = "ubuntu",
  title = "Ubuntu",
  like = "debian",
  -- raspi-config is packaged for Ubuntu too.
  priority = 20,
  detect = { { os = "ubuntu" } },
  reload = {
    {
      command = "if systemctl -q is-active ssh; then systemctl reload ssh; else systemctl -q is-active ssh.socket; fi",
      needs = "systemctl",
    },
    { command = "/usr/sbin/service ssh reload", needs = "/usr/sbin/service" },
  },
  restart = {
    {
      command = "systemctl daemon-reload && if systemctl -q is-active ssh.socket; then systemctl restart ssh.socket; "
        .. "else systemctl restart ssh; fi",
      needs = "systemctl",
    },
    { command = "/usr/sbin/service ssh restart", needs = "/usr/sbin/service" },
  },
  notes = {
    port = "22.10 to 23.10 take the port from /etc/systemd/system/ssh.socket.d/addresses.conf, not from sshd_config",
  },
}
