# shellcheck shell=bash
# The same with the marks and the service tools of DSM 6.2.
# shellcheck source=/dev/null
. "$lab_home/kinds/syno.sh"
kind_summary="look-alike of Synology DSM 6.2; accounts as syno"
kind_base=syno
kind_layered=yes
kind_init=/sbin/init

kind_build() {
  local root=$1 base=$2 files=$lab_home/kinds/files/syno
  mkdir -p "$root"/{etc/ssh,usr/syno/{bin,sbin}}
  rm -f "$root/usr/syno/bin/synosystemctl"
  # In overlayfs, a character device 0:0 takes away the file below it.
  mknod "$root/usr/syno/bin/synosystemctl" c 0 0
  write_file "$root/usr/syno/sbin/synoservicectl" 755 <"$files/synoservicectl"
  ln -s synoservicectl "$root/usr/syno/sbin/synoservice"
  syno_version "$root" 6 2 4 25556 6.2.4 ''
  # DSM 6 has two options more, which later servers call deprecated, and does not forbid forwarding.
  sed -e 's/^#PubkeyAuthentication/#RSAAuthentication yes\n&/' -e 's/^UsePAM yes/&\nUsePrivilegeSeparation sandbox/' \
    -e '/^AllowTcpForwarding no/d' "$base/etc/ssh/sshd_config" | write_file "$root/etc/ssh/sshd_config" 644
}
