platform {
  name = "synology_dsm6",
  title = "Synology DSM 6",
  like = "synology_dsm",
  detect = { { file = "/etc.defaults/VERSION", contains = 'majorversion="6"' } },
  reload = {
    "/usr/syno/sbin/synoservicectl --reload sshd",
    -- The old tool's restart ends its caller's session together with the service.
    { command = "setsid /usr/syno/sbin/synoservice --restart ssh-shell &", needs = "/usr/syno/sbin/synoservice" },
  },
  restart = {
    "/usr/syno/sbin/synoservicectl --restart sshd",
    { command = "setsid /usr/syno/sbin/synoservice --restart ssh-shell &", needs = "/usr/syno/sbin/synoservice" },
  },
  clicks = {
    homes_off = "Control Panel > User > Advanced > User Home: tick \"Enable user home service\", Apply",
    not_admin = "Control Panel > User: put the account into the group administrators, and give it a password",
    autoblock = "Control Panel > Security > Account: tick \"Enable auto block\"; "
      .. "first put this computer and every box on the allow list (Allow/Block List > Allow List), then Apply",
  },
}
