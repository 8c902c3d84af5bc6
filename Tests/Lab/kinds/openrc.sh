# shellcheck shell=bash
# What Alpine has in place of systemd: BusyBox init, which starts OpenRC, which starts OpenSSH's sshd.
kind_summary="Debian 12 under Alpine's name, with BusyBox init, OpenRC and cron; accounts as debian"
kind_base=sysv
kind_layered=yes

kind_build() {
  local root=$1 files=$lab_home/kinds/files/openrc parts=$1.parts libraries service
  rm -rf "$parts"
  extract_packages "$parts" bookworm openrc
  libraries=$(cd "$parts/lib" && echo *-linux-gnu)
  mkdir -p "$root"/{etc/{init.d,insserv.conf.d},etc/runlevels/{sysinit,boot,default,shutdown},usr/{bin,sbin,lib/"$libraries"}}
  cp -a "$parts"/etc/{rc,insserv}.conf "$root/etc/"
  cp -a "$parts/lib/rc" "$root/usr/lib/"
  cp -a "$parts/lib/$libraries"/lib{rc,einfo}.so.* "$root/usr/lib/$libraries/"
  cp -a "$parts"/sbin/{openrc,openrc-run,rc-service,rc-update,supervise-daemon} "$root/usr/sbin/"
  cp -a "$parts/bin/rc-status" "$root/usr/bin/"
  rm -rf "$parts"
  # A host of the lab has no hardware of its own, like a container.
  echo 'rc_sys="lxc"' >>"$root/etc/rc.conf"
  printf '%s\n' 'NAME="Alpine Linux"' ID=alpine VERSION_ID=3.20.3 'PRETTY_NAME="Alpine Linux v3.20"' |
    write_file "$root/etc/os-release" 644
  write_file "$root/etc/inittab" 644 <"$files/inittab"
  for service in sshd crond; do
    write_file "$root/etc/init.d/$service" 755 <"$files/$service"
    ln -s "/etc/init.d/$service" "$root/etc/runlevels/default/$service"
  done
  # OpenRC would read the base's init scripts, too: whiteouts of overlayfs hide them.
  for service in dbus hwclock.sh procps ssh sudo; do mknod "$root/etc/init.d/$service" c 0 0; done
}
