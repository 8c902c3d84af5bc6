platform {
  name = "raspberry_pi_os",
  title = "Raspberry Pi OS",
  like = "debian",
  detect = { { file = "/etc/rpi-issue" }, { os = "debian", command = "raspi-config" } },
  clicks = {
    ssh_off = "With screen and keyboard: sudo raspi-config, then Interface Options, SSH, Yes "
      .. "(or without its menus: sudo raspi-config nonint do_ssh 0). "
      .. "With the SD card in another computer: make an empty file named ssh on the boot partition, "
      .. "and start the Pi with it.",
    no_user = "No account is set up yet. With screen and keyboard: start the Pi and follow its wizard. "
      .. "With the SD card in another computer: write the card again with Raspberry Pi Imager, with a user name and a "
      .. "password in its settings.",
    restart_ssh = "With screen and keyboard: sudo systemctl restart ssh",
  },
  notes = {
    help = "https://forums.raspberrypi.com",
  },
}
