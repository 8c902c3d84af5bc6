# shellcheck shell=bash
# Debian whose logind ends what an account has started when its session ends: what hardened servers set.
kind_summary="debian, with logind and KillUserProcesses=yes; accounts as debian"
kind_base=debian
kind_layered=yes

kind_build() {
  local root=$1 base=$2 parts=$1.parts unit=systemd-logind.service
  rm -rf "$parts"
  extract_packages "$parts" bookworm libpam-systemd
  mkdir -p "$root/etc/systemd/system"
  copy_module "$parts" "$root" pam_systemd.so
  rm -rf "$parts"
  ln -s "/usr/lib/systemd/system/$unit" "$root/etc/systemd/system/$unit"
  write_file "$root/etc/systemd/logind.conf.d/lab.conf" 644 <<<'[Login]
KillUserProcesses=yes'
  { cat "$base/etc/pam.d/common-session" && echo 'session optional pam_systemd.so'; } |
    write_file "$root/etc/pam.d/common-session" 644
}

# copy_module FROM TO NAME: a module of PAM's, whatever this machine's architecture is called. A /lib of our own would hide
# the base's, which is a link to /usr/lib.
copy_module() {
  local file to
  file=$(find "$1" -path "*/security/$3" | head -n 1)
  to=$2/usr/lib/${file##*/lib/}
  mkdir -p "$(dirname "$to")"
  cp -p "$file" "$to"
}
