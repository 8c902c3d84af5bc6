-- From 22.10 on, systemd holds the port: ssh.service starts with the first connection, so "not running" is not a fault.
-- From 24.04 on, the socket's port is generated from sshd_config. Debian's commands handle the socket.
platform {
  name = "ubuntu",
  title = "Ubuntu",
  like = "debian",
  -- raspi-config is packaged for Ubuntu too.
  priority = 20,
  detect = { { os = "ubuntu" } },
  notes = {
    port = "22.10 to 23.10 take the port from /etc/systemd/system/ssh.socket.d/addresses.conf, not from sshd_config",
  },
}
