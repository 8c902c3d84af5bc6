platform {
  name = "freebsd",
  title = "FreeBSD",
  priority = 20,
  detect = { { system = "FreeBSD" } },
  reload = { "/usr/sbin/service sshd reload" },
  restart = { "/usr/sbin/service sshd restart" },
  logs = { "/var/log/auth.log" },
  sshd = { "/usr/sbin/sshd", "/usr/local/sbin/sshd" },
  clicks = {
    ssh_off = "On the machine's own screen and keyboard, as root: sysrc sshd_enable=YES && service sshd start",
    restart_ssh = "On the machine's own screen and keyboard, as root: service sshd restart",
  },
  notes = {
    root = "sudo is not part of the base system; doas or su take its place",
    passwords = "PAM still asks for passwords when only PasswordAuthentication is off; "
      .. "KbdInteractiveAuthentication must be off too",
  },
}
