platform {
  name = "macos",
  title = "macOS",
  priority = 20,
  detect = { { system = "Darwin" } },
  -- launchd starts an sshd for every connection, which reads the configuration then.
  reload = { { command = "true", needs = "launchctl" } },
  restart = { { command = "launchctl kickstart -k system/com.openssh.sshd", needs = "launchctl" } },
  logs = {
    {
      command = "/usr/bin/log show --last 10m --style syslog "
        .. "--predicate 'process == \"sshd\" OR process == \"sshd-session\"' | tail -n \"$1\"",
      follow = "/usr/bin/log stream --style syslog --predicate 'process == \"sshd\" OR process == \"sshd-session\"'",
      needs = "/usr/bin/log",
    },
  },
  sshd = { "/usr/sbin/sshd" },
  config_owner = "updates of macOS may put sshd_config back; files in /etc/ssh/sshd_config.d stay",
  clicks = {
    ssh_off = "System Settings > General > Sharing: switch on Remote Login",
    edit_config = "In a terminal of the Mac itself: write a file such as /etc/ssh/sshd_config.d/010-local.conf with "
      .. "sudo, and check it with sudo sshd -t",
    restart_ssh = "System Settings > General > Sharing: switch Remote Login off and on again",
    not_allowed = "System Settings > General > Sharing > Remote Login (i): allow access for the account",
  },
}
