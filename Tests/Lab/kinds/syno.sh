# shellcheck shell=bash
# A look-alike of Synology DSM 7: what a program meets that comes in over SSH.
kind_summary="look-alike of Synology DSM 7.2; admin/synology (sudo with password and terminal), guest/guest (nologin)"
kind_base=debian
kind_init=/sbin/init

kind_build() {
  local root=$1 base=$2 files=$lab_home/kinds/files/syno
  small_root "$root"
  copy_programs "$root" "$base" /usr/bin/{bash,busybox,nohup,sudo,ssh,scp,ssh-keygen,ssh-keyscan,ssh-add,ssh-agent} \
    /usr/sbin/sshd /usr/libexec/sudo/{sudoers.so,libsudo_util.so.0,sudo_noexec.so} \
    /usr/lib/*-linux-gnu/security/pam_{unix,env,permit,deny,nologin,rootok}.so
  ln -s bash "$root/bin/sh"
  busybox_links "$root" sh stat passwd login getty sulogin mkpasswd start-stop-daemon dpkg dpkg-deb ar rpm rpm2cpio svc svok run-parts
  syno_accounts "$root"
  syno_login "$root" "$files"
  syno_system "$root" "$files"
}

syno_accounts() {
  local root=$1
  printf '%s\n' root:x:0: shadow:x:42: tty:x:5: sshd:x:74: users:x:100: administrators:x:101:admin \
    http:x:1023: nogroup:x:65534: >"$root/etc/group"
  add_account "$root" root 0 0 /root /bin/sh
  add_account "$root" sshd 74 74 /var/empty /sbin/nologin
  add_account "$root" nobody 65534 65534 / /sbin/nologin
  add_account "$root" admin 1024 100 /var/services/homes/admin /bin/sh synology
  add_account "$root" guest 1025 100 /var/services/homes/guest /sbin/nologin guest
  mkdir -p "$root"/{var/services,volume1/homes/{admin,guest}}
  ln -s /volume1/homes "$root/var/services/homes"
  chown 1024:100 "$root/volume1/homes/admin"
  chown 1025:100 "$root/volume1/homes/guest"
  chmod 777 "$root"/volume1/homes{,/admin,/guest}
  echo "passwd: files
group: files
shadow: files
hosts: files" >"$root/etc/nsswitch.conf"
  printf '%s\n' /bin/sh /bin/ash /bin/bash >"$root/etc/shells"
}

syno_login() {
  local root=$1 files=$2
  write_file "$root/etc/ssh/sshd_config" 644 <"$files/sshd_config"
  write_file "$root/etc/sudoers" 440 <"$files/sudoers"
  # A file of its own, so that a test can take it away: not every DSM demands a terminal.
  write_file "$root/etc/sudoers.d/requiretty" 440 <<<'Defaults requiretty'
  write_file "$root/etc/environment" 644 <<<'PATH="/usr/bin:/bin:/usr/sbin:/sbin"'
  write_file "$root/etc/security/pam_env.conf" 644 </dev/null
  write_file "$root/etc/pam.d/sshd" 644 <<'END'
auth     required pam_unix.so
account  required pam_nologin.so
account  required pam_unix.so
session  required pam_env.so
session  required pam_unix.so
END
  write_file "$root/etc/pam.d/sudo" 644 <<'END'
auth     required pam_unix.so
account  required pam_unix.so
session  required pam_permit.so
END
  write_file "$root/etc/pam.d/other" 644 <<'END'
auth     required pam_deny.so
account  required pam_deny.so
session  required pam_deny.so
END
}

syno_system() {
  local root=$1 files=$2 tool
  write_file "$root/etc/inittab" 644 <"$files/inittab"
  write_file "$root/etc/rc" 755 <"$files/rc"
  mkdir -p "$root/usr/local/etc/rc.d"
  write_file "$root/usr/syno/lib/sshd-service" 755 <"$files/sshd-service"
  write_file "$root/usr/syno/lib/syslog" 755 <"$lab_home/kinds/files/common/syslog"
  for tool in synosystemctl synogetkeyvalue synoacltool; do write_file "$root/usr/syno/bin/$tool" 755 <"$files/$tool"; done
  syno_version "$root" 7 2 2 72806 7.2.2 'os_name="DSM"'
  write_file "$root/etc.defaults/synoinfo.conf" 644 <<'END'
company_title="Synology"
upnpmodelname="DS220+"
unique="synology_geminilake_220+"
userHomeEnable="yes"
END
  cp -p "$root/etc.defaults/synoinfo.conf" "$root/etc/synoinfo.conf"
}

# syno_version ROOT MAJOR MINOR MICRO BUILD PRODUCT [LINE]
syno_version() {
  write_file "$1/etc.defaults/VERSION" 644 <<END
majorversion="$2"
minorversion="$3"
major="$2"
minor="$3"
micro="$4"
buildphase="GM"
buildnumber="$5"
smallfixnumber="3"
nano="3"
base="$5"
productversion="$6"
${7:+$7
}builddate="2024/11/15"
buildtime="02:46:51"
END
  cp -p "$1/etc.defaults/VERSION" "$1/etc/VERSION"
}
