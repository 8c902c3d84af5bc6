platform {
  name = "unraid",
  title = "Unraid",
  priority = 50,
  detect = { { file = "/etc/unraid-version" } },
  reload = {},
  restart = { "/etc/rc.d/rc.sshd restart" },
  logs = { "/var/log/syslog" },
  config_owner = "Unraid's root file system lives in memory; "
    .. "sshd's configuration comes from /boot/config/ssh at every start",
  clicks = {
    ssh_off = "Settings > Management Access: Use SSH: Yes, Apply",
    edit_config = "Edit /boot/config/ssh/sshd_config on the flash drive, then Settings > Management Access: "
      .. "Use SSH: No, Apply, then Yes, Apply",
    restart_ssh = "Settings > Management Access: Use SSH: No, Apply, then Yes, Apply",
  },
  notes = {
    keys = "only root logs in; /root/.ssh is kept on the flash drive at /boot/config/ssh/root",
  },
}
