platform {
  name = "rhel",
  title = "Red Hat Enterprise Linux or one of its kin",
  detect = { { os = "rhel" }, { os = "centos" } },
  -- With sshd.socket each connection starts an sshd, which reads the configuration then.
  reload = { { command = "systemctl -q is-active sshd.socket || systemctl reload sshd", needs = "systemctl" } },
  restart = {
    {
      command = "if systemctl -q is-active sshd.socket; then systemctl restart sshd.socket; "
        .. "else systemctl restart sshd; fi",
      needs = "systemctl",
    },
  },
  logs = {
    "/var/log/secure",
    {
      command = 'journalctl -u sshd -n "$1" --no-pager',
      follow = 'journalctl -u sshd -n 0 -f --no-pager',
      needs = "journalctl",
    },
  },
  clicks = {
    ssh_off = "On the machine's own screen and keyboard: sudo dnf install openssh-server, "
      .. "then sudo systemctl enable --now sshd, "
      .. "and sudo firewall-cmd --permanent --add-service=ssh && sudo firewall-cmd --reload",
    restart_ssh = "On the machine's own screen and keyboard: sudo systemctl restart sshd",
  },
  notes = {
    drop_in = "50-redhat.conf in sshd_config.d wins over sshd_config; a name such as 00-local.conf wins over it",
    selinux = "keys with a wrong label are ignored: restorecon -R -v ~/.ssh",
  },
}
