-- From 22.10 on systemd holds the port: ssh.service runs only once somebody has connected, so that "not running" is no
-- fault. From 24.04 on the socket's port is made from sshd_config. Debian's commands know about the socket.
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
