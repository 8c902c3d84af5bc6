# shellcheck shell=bash
# Debian with what recipes manage or call: nftables, curl and wget.
kind_summary="debian, with nftables, curl and wget; accounts as debian"
kind_base=debian
kind_layered=yes

kind_build() {
  local root=$1 base=$2 parts=$1.parts
  mkdir -p "$root"
  rm -rf "$parts"
  extract_packages "$parts" bookworm nftables curl wget
  # Only files that the base lacks, below /usr as there.
  (cd "$parts" && find . \( -type f -o -type l \) ! -path './usr/share/*' -print | sort) >"$parts.files"
  while IFS= read -r file; do [ -e "$base/$file" ] || [ -L "$base/$file" ] || echo "$file"; done <"$parts.files" >"$parts.new"
  tar -C "$parts" -c -T "$parts.new" --transform 's,^\./\(bin\|sbin\|lib\)/,./usr/\1/,S' | tar -C "$root" -x
  rm -rf "$parts" "$parts.files" "$parts.new"
}
