platform {
  name = "alpine",
  title = "Alpine Linux",
  detect = { { os = "alpine" } },
  -- checkconfig is a command of the init script: a faulty configuration is not loaded.
  reload = {
    "rc-service sshd checkconfig && rc-service sshd reload",
    "/sbin/rc-service sshd checkconfig && /sbin/rc-service sshd reload",
  },
  restart = {
    "rc-service sshd checkconfig && rc-service sshd restart",
    "/sbin/rc-service sshd checkconfig && /sbin/rc-service sshd restart",
  },
  logs = {
    "/var/log/messages",
    { command = 'logread | tail -n "$1"', follow = "logread -f", needs = "logread" },
  },
  clicks = {
    ssh_off = "On the machine's own screen and keyboard, as root: "
      .. "apk add openssh && rc-update add sshd && rc-service sshd start",
    restart_ssh = "On the machine's own screen and keyboard, as root: rc-service sshd restart",
    locked = "adduser -D leaves the account locked for sshd. As root, for the account's name: usermod -p '*' NAME",
  },
}
