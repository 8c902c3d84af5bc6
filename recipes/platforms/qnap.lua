platform {
  name = "qnap",
  title = "QNAP QTS",
  priority = 50,
  detect = { { file = "/etc/config/uLinux.conf" } },
  reload = {},
  restart = {},
  logs = { "/var/log/messages", "/var/log/auth.log" },
  sshd_config = "/etc/config/ssh/sshd_config",
  config_owner = "QTS writes /etc/config/ssh/sshd_config anew from its control panel, and at every start",
  clicks = {
    ssh_off = "Control Panel > Network & File Services > Telnet / SSH: tick \"Allow SSH connection\", Apply",
    edit_config = "Control Panel > Network & File Services > Telnet / SSH: port and accounts are set there; "
      .. "other options of sshd QTS does not keep",
    restart_ssh = "Control Panel > Network & File Services > Telnet / SSH: untick \"Allow SSH connection\", Apply, "
      .. "tick it again, Apply",
    not_admin = "Control Panel > Network & File Services > Telnet / SSH > Edit Access Permission: add the account",
    autoblock = "Control Panel > Security > IP Access Protection: tick SSH, Apply",
  },
}
