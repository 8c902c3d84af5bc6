platform {
  name = "truenas",
  title = "TrueNAS",
  priority = 50,
  detect = { { command = "midclt" }, { file = "/usr/bin/midclt" } },
  reload = {
    {
      command = "midclt call -j service.control RELOAD ssh || midclt call service.reload ssh",
      needs = "midclt",
    },
  },
  restart = {
    {
      command = "midclt call -j service.control RESTART ssh || midclt call service.restart ssh",
      needs = "midclt",
    },
  },
  logs = {
    {
      command = 'journalctl -u ssh -n "$1" --no-pager',
      follow = 'journalctl -u ssh -n 0 -f --no-pager',
      needs = "journalctl",
    },
    "/var/log/auth.log",
  },
  config_owner = "the TrueNAS middleware writes sshd_config anew; its settings are those of System > Services > SSH",
  clicks = {
    ssh_off = "System > Services: switch SSH on, and tick \"Start Automatically\"",
    edit_config = "System > Services > SSH > Edit; options without their own field go into \"Auxiliary Parameters\"",
    restart_ssh = "System > Services: switch SSH off and on again",
    keys = "Credentials > Local Users: edit the account, paste the key into \"Authorized Keys\", Save; the middleware "
      .. "overwrites keys added to the file by hand",
  },
}
