-- Any version of DSM without a platform of its own. DSM has no /etc/os-release.
platform {
  name = "synology_dsm",
  title = "Synology DSM",
  priority = 40,
  detect = { { file = "/etc.defaults/VERSION" } },
  reload = {
    "/usr/syno/bin/synosystemctl reload sshd",
    "/usr/syno/sbin/synoservicectl --reload sshd",
    "/usr/syno/sbin/synoservice --restart ssh-shell",
  },
  restart = {
    "/usr/syno/bin/synosystemctl restart sshd.service",
    "/usr/syno/sbin/synoservicectl --restart sshd",
    "/usr/syno/sbin/synoservice --restart ssh-shell",
  },
  -- Which file has sshd's lines differs between releases.
  logs = {
    "/var/log/auth.log",
    "/var/log/messages",
    {
      command = 'journalctl -u sshd -n "$1" --no-pager',
      follow = 'journalctl -u sshd -n 0 -f --no-pager',
      needs = "journalctl",
    },
  },
  sshd = { "/usr/bin/sshd", "/usr/sbin/sshd", "/bin/sshd" },
  clicks = {
    ssh_off = "Control Panel > Terminal & SNMP > Terminal: tick \"Enable SSH service\", Apply",
    homes_off = "Control Panel > User & Group > Advanced > User Home: tick \"Enable user home service\", Apply",
    restart_ssh = "Control Panel > Terminal & SNMP > Terminal: untick \"Enable SSH service\", Apply, "
      .. "tick it again, Apply. "
      .. "In between, SSH logins fail: do this in the web interface, and never through an SSH tunnel",
    autoblock = "Control Panel > Security > Protection: tick \"Enable auto block\"; "
      .. "first put this computer and every box on the allow list (Allow/Block List > Allow List), then Apply",
    not_admin = "Control Panel > User & Group: put the account into the group administrators, and give it a password",
    edit_config = "sudo vi /etc/ssh/sshd_config; nano, which is easier, comes with the package SynoCli File Tools of "
      .. "SynoCommunity",
    sftp_off = "Control Panel > File Services > FTP: tick \"Enable SFTP service\", Apply; or copy with scp -O",
  },
  notes = {
    acl_tool = "/usr/syno/bin/synoacltool",
    help = "https://community.synology.com",
    updates = "an update of DSM may put homes, authorized_keys and sshd_config back as they were",
  },
}
