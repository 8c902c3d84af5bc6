# shellcheck shell=bash
# Debian that also serves git over SSH: what people keep their repositories of recipes on.
kind_summary="debian, with git; accounts as debian"
kind_base=debian
kind_layered=yes

kind_build() {
  local root=$1 parts=$1.parts
  rm -rf "$parts"
  extract_packages "$parts" bookworm git
  mkdir -p "$root/usr/bin"
  cp -p "$parts/usr/bin/git" "$root/usr/bin/git"
  rm -rf "$parts"
  # Where git looks for its own commands; those that serve are the same program by other names.
  mkdir -p "$root/usr/lib/git-core"
  ln -s /usr/bin/git "$root/usr/lib/git-core/git"
  ln -s git "$root/usr/bin/git-upload-pack"
}
