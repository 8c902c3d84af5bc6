platform {
  name = "openwrt",
  title = "OpenWrt",
  like = "dropbear",
  detect = { { file = "/etc/openwrt_release" }, { os = "openwrt" } },
  restart = { "/etc/init.d/dropbear restart" },
  logs = { { command = 'logread | tail -n "$1"', follow = "logread -f", needs = "logread" } },
  root_authorized_keys = "/etc/dropbear/authorized_keys",
  config_owner = "OpenWrt starts dropbear with the options of /etc/config/dropbear (uci show dropbear)",
  clicks = {
    ssh_off = "In LuCI: System > Administration > SSH Access: add an instance on the interface lan, Save & Apply",
    edit_config = "uci show dropbear; then, say: uci set dropbear.@dropbear[0].PasswordAuth=off && uci commit dropbear "
      .. "&& /etc/init.d/dropbear restart, with a second session open. "
      .. "Or in LuCI: System > Administration > SSH Access",
    restart_ssh = "In LuCI: System > Startup, dropbear, Restart",
  },
}
