platform {
  name = "synology_dsm7",
  title = "Synology DSM 7",
  like = "synology_dsm",
  detect = { { file = "/etc.defaults/VERSION", contains = 'majorversion="7"' } },
  reload = {
    "/usr/syno/bin/synosystemctl reload sshd",
    { command = "/bin/systemctl reload sshd", needs = "/bin/systemctl" },
  },
  restart = {
    "/usr/syno/bin/synosystemctl restart sshd.service",
    { command = "/bin/systemctl restart sshd", needs = "/bin/systemctl" },
  },
}
