# shellcheck shell=bash
# Debian without systemd: init scripts, `service`, cron, and logs in files.
kind_summary="Debian 12, BusyBox init, init scripts, cron, /var/log/auth.log; accounts as debian"
kind_base=debian
kind_layered=yes

kind_build() {
  local root=$1 files=$lab_home/kinds/files parts=$1.parts
  rm -rf "$parts"
  extract_packages "$parts" bookworm cron
  mkdir -p "$root/usr/sbin" "$root/etc/pam.d" "$root/etc/cron.d" "$root/var/spool/cron/crontabs"
  cp -p "$parts/usr/sbin/cron" "$root/usr/sbin/"
  cp -p "$parts/etc/pam.d/cron" "$root/etc/pam.d/"
  rm -rf "$parts"
  write_file "$root/etc/inittab" 644 <"$files/sysv/inittab"
  write_file "$root/usr/local/sbin/syslog" 755 <"$files/common/syslog"
  ln -s /bin/busybox "$root/usr/sbin/init"
}
