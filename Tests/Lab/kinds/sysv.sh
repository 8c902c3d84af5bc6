# shellcheck shell=bash
# Debian without systemd: init scripts, `service`, and logs in files.
kind_summary="Debian 12, BusyBox init, init scripts, /var/log/auth.log; accounts as debian"
kind_base=debian
kind_layered=yes

kind_build() {
  local root=$1 files=$lab_home/kinds/files
  write_file "$root/etc/inittab" 644 <"$files/sysv/inittab"
  write_file "$root/usr/local/sbin/syslog" 755 <"$files/common/syslog"
  mkdir -p "$root/usr/sbin"
  ln -s /bin/busybox "$root/usr/sbin/init"
}
