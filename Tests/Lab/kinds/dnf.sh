# shellcheck shell=bash
# Debian with dnf and rpm in place of apt, and with firewalld.
kind_summary="debian, with dnf, rpm and firewalld, without apt; accounts as debian"
kind_base=debian
kind_layered=yes

kind_build() {
  local root=$1 base=$2 parts=$1.parts name
  mkdir -p "$root"
  rm -rf "$parts"
  # firewalld looks protocols up in a file of netbase.
  extract_packages "$parts" bookworm dnf rpm createrepo-c firewalld nftables netbase
  # Only files that the base lacks, below /usr as there; without polkit, which firewalld would ask.
  (cd "$parts" && find . \( -type f -o -type l \) ! -path './usr/share/doc/*' ! -path './usr/share/man/*' \
    ! -path './usr/share/locale/*' ! -path './var/lib/dpkg/*' ! -path './var/cache/*' ! -path '*olkit*' ! -path '*olicy[Kk]it*' -print | sort) >"$parts.files"
  while IFS= read -r file; do [ -e "$base/$file" ] || [ -L "$base/$file" ] || echo "$file"; done <"$parts.files" >"$parts.new"
  tar -C "$parts" -c -T "$parts.new" --transform 's,^\./\(bin\|sbin\|lib\)/,./usr/\1/,S' | tar -C "$root" -x
  rm -rf "$parts" "$parts.files" "$parts.new"
  # overlayfs hides the base's files by these.
  for name in apt-get apt-cache dpkg-query; do mknod "$root/usr/bin/$name" c 0 0; done
  # As on Fedora.
  mkdir -p "$root/etc/dnf/vars" "$root/etc/rpm" "$root/var/lib/rpm"
  echo 38 >"$root/etc/dnf/vars/releasever"
  echo '%_dbpath /var/lib/rpm' >"$root/etc/rpm/macros.dbpath"
}
