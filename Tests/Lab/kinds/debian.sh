# shellcheck shell=bash
# Debian bookworm with systemd: what Raspberry Pi OS and most servers are made of.
kind_summary="Debian 12, systemd, OpenSSH 9.2; pi/raspberry (sudo without password), ada/lovelace (sudo with)"

debian_packages=(systemd systemd-sysv openssh-server openssh-client sudo opendoas passwd login busybox-static
  fish tcsh csh acl attr dbus procps iproute2 less python3)

kind_build() {
  debian_tree "$1" bookworm "${debian_packages[@]}"
  debian_accounts "$1"
  debian_quiet "$1"
}

debian_accounts() {
  local root=$1
  chroot "$root" useradd --create-home --shell /bin/bash --groups sudo,adm pi
  chroot "$root" useradd --create-home --shell /bin/bash --groups sudo ada
  chmod 755 "$root/home/pi" "$root/home/ada"
  printf '%s\n' pi:raspberry ada:lovelace | chroot "$root" chpasswd
  chroot "$root" passwd --quiet --lock root
  echo 'pi ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/010_pi-nopasswd"
  chmod 440 "$root/etc/sudoers.d/010_pi-nopasswd"
  printf '%s\n' 'permit nopass pi' 'permit ada' >"$root/etc/doas.conf"
  chmod 400 "$root/etc/doas.conf"
}

# Leaves out what needs hardware or only costs time; every host makes its own identity.
debian_quiet() {
  local root=$1 unit
  rm -f "$root"/etc/ssh/ssh_host_*
  for unit in systemd-sysctl systemd-logind systemd-hwdb-update systemd-udevd systemd-update-utmp \
    systemd-update-utmp-runlevel systemd-pstore getty@tty1 console-getty e2scrub_reap systemd-binfmt \
    systemd-firstboot systemd-machine-id-commit systemd-remount-fs systemd-random-seed modprobe@ systemd-repart \
    systemd-modules-load systemd-journal-catalog-update systemd-journal-flush systemd-update-done systemd-sysusers \
    ldconfig systemd-tpm2-setup systemd-tpm2-setup-early systemd-pcrphase; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit.service"
  done
  for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer \
    systemd-tmpfiles-clean.timer dev-hugepages.mount dev-mqueue.mount sys-kernel-debug.mount \
    sys-kernel-tracing.mount sys-kernel-config.mount sys-fs-fuse-connections.mount \
    proc-sys-fs-binfmt_misc.automount swap.target systemd-ask-password-wall.path systemd-ask-password-console.path; do
    ln -sf /dev/null "$root/etc/systemd/system/$unit"
  done
  # Its socket starts it when it is wanted.
  rm -f "$root/lib/systemd/system/multi-user.target.wants/dbus.service"
  mkdir -p "$root/etc/systemd/journald.conf.d"
  printf '%s\n' '[Journal]' 'Storage=volatile' 'RuntimeMaxUse=4M' >"$root/etc/systemd/journald.conf.d/lab.conf"
}
