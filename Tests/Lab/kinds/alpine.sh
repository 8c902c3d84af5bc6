# shellcheck shell=bash
# A small system in the manner of Alpine: BusyBox ash, dropbear and doas; no bash, sudo, SFTP or Python.
kind_summary="look-alike of Alpine with dropbear; pi/raspberry (doas without password)"
kind_base=debian
kind_host_key=/etc/dropbear/new_host_key

kind_build() {
  local root=$1 base=$2 files=$lab_home/kinds/files/alpine parts=$1.parts
  rm -rf "$parts"
  extract_packages "$parts" bookworm dropbear-bin coreutils bash libc-bin
  small_root "$root"
  copy_programs "$root" "$base" /bin/busybox /usr/bin/{nohup,doas} /usr/lib/*-linux-gnu/security/pam_{unix,permit,deny,rootok}.so
  copy_programs "$root" "$parts" /usr/sbin/dropbear /usr/bin/dropbearkey /usr/lib/dropbear/dropbearconvert
  rm -rf "$parts"
  ln -s ../lib/dropbear/dropbearconvert "$root/usr/bin/dropbearconvert"
  busybox_links "$root" passwd login getty sulogin start-stop-daemon dpkg dpkg-deb ar rpm rpm2cpio svc svok run-parts
  alpine_accounts "$root"
  alpine_system "$root" "$files"
}

alpine_accounts() {
  local root=$1
  printf '%s\n' root:x:0:root tty:x:5: wheel:x:10:root,pi users:x:100: shadow:x:42: pi:x:1000: >"$root/etc/group"
  add_account "$root" root 0 0 /root /bin/ash
  add_account "$root" pi 1000 1000 /home/pi /bin/ash raspberry
  mkdir "$root/home/pi"
  chown 1000:1000 "$root/home/pi"
  printf '%s\n' /bin/sh /bin/ash >"$root/etc/shells"
  printf '%s: files\n' passwd group shadow hosts >"$root/etc/nsswitch.conf"
  write_file "$root/etc/doas.conf" 400 <<<'permit nopass pi'
  write_file "$root/etc/pam.d/doas" 644 <<'END'
auth     required pam_unix.so
account  required pam_unix.so
session  required pam_permit.so
END
}

alpine_system() {
  local root=$1 files=$2 name
  write_file "$root/etc/inittab" 644 <"$files/inittab"
  write_file "$root/etc/rc" 755 <"$files/rc"
  mkdir -p "$root/etc/runlevels/default"
  write_file "$root/etc/init.d/dropbear" 755 <"$files/dropbear"
  write_file "$root/usr/sbin/rc-service" 755 <"$files/rc-service"
  write_file "$root/usr/sbin/rc-update" 755 <"$files/rc-update"
  write_file "$root/usr/sbin/adduser" 755 <"$files/accounts"
  for name in deluser addgroup delgroup; do ln -s adduser "$root/usr/sbin/$name"; done
  write_file "$root/sbin/apk" 755 <"$files/apk"
  write_file "$root/lib/apk/db/installed" 644 </dev/null
  write_file "$root/etc/alpine-release" 644 <<<3.20.3
  write_file "$root/etc/os-release" 644 <<'END'
NAME="Alpine Linux"
ID=alpine
VERSION_ID=3.20.3
PRETTY_NAME="Alpine Linux v3.20"
END
}
