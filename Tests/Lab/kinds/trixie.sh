# shellcheck shell=bash
# Debian trixie: a server that punishes addresses which fail to log in too often (PerSourcePenalties).
# shellcheck source=/dev/null
. "$lab_home/kinds/debian.sh"
kind_summary="Debian 13, systemd, OpenSSH 10; accounts as debian"
kind_parts=debian

kind_build() {
  debian_tree "$1" trixie "${debian_packages[@]}"
  debian_accounts "$1"
  debian_quiet "$1"
}
