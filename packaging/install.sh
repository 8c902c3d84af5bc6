#!/bin/sh
# Installs ssh-recipes for this account: curl -fsSL URL/install.sh | sh
# From an unpacked archive: ./install.sh. No root needed.
#   PREFIX   where to (default ~/.local)
#   VERSION  which release (default: the newest)
#   URL      where releases are
set -eu
# packaging/dist writes the keys that may sign a release here, as lines of an allowed_signers file.
signers=''

main() {
  prefix=${PREFIX:-$HOME/.local}
  here=$(dirname "$0")
  if [ -x "$here/bin/ssh-recipes" ]; then
    place "$here"
    return
  fi
  url=${URL:-https://github.com/ssh-recipes/ssh-recipes/releases}
  for program in curl tar ssh-keygen sha256sum; do
    command -v "$program" >/dev/null || fail "$program is missing"
  done
  [ "$(uname -s)" = Linux ] || fail "this installs the program for Linux; on $(uname -s), see the README"
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 1' HUP INT TERM
  from=$url/latest/download
  [ -z "${VERSION:-}" ] || from=$url/download/$VERSION
  get "$from" SHA256SUMS
  get "$from" SHA256SUMS.sig
  [ -n "$signers" ] || fail 'this copy of install.sh knows no key that signs releases'
  printf '%s\n' "$signers" >"$folder/signers"
  ssh-keygen -q -Y verify -f "$folder/signers" -I release@ssh-recipes -n file -s "$folder/SHA256SUMS.sig" \
    <"$folder/SHA256SUMS" >/dev/null || fail 'the signature of SHA256SUMS is wrong; nothing was installed'
  archive=$(sed -n "s/.*  \(ssh-recipes-.*-linux-$(uname -m)\.tar\.gz\)\$/\1/p" "$folder/SHA256SUMS")
  [ -n "$archive" ] || fail "the release has no program for $(uname -m)"
  get "$from" "$archive"
  (cd "$folder" && grep "  $archive\$" SHA256SUMS | sha256sum -c - >/dev/null) ||
    fail "the checksum of $archive is wrong; nothing was installed"
  tar -xzf "$folder/$archive" -C "$folder"
  place "$folder/${archive%.tar.gz}"
}

get() { curl -fsSL --proto '=https,file' -o "$folder/$2" "$1/$2" || fail "$1/$2 cannot be downloaded"; }

place() {
  mkdir -p "$prefix"
  (cd "$1" && find bin share -type f) | while read -r file; do
    mkdir -p "$prefix/$(dirname "$file")"
    # Beside it first: a program that is at work keeps its file.
    cp "$1/$file" "$prefix/$file.new" && mv -f "$prefix/$file.new" "$prefix/$file"
  done
  "$prefix/bin/ssh-recipes" --version | head -n 1
  echo "Installed below $prefix. To remove it again:"
  echo "  rm -rf $prefix/bin/ssh-recipes $prefix/share/ssh-recipes $prefix/share/man/man1/ssh-recipes.1"
  echo "  rm -rf $prefix/share/bash-completion/completions/ssh-recipes $prefix/share/zsh/site-functions/_ssh-recipes"
  echo "  rm -rf $prefix/share/fish/vendor_completions.d/ssh-recipes.fish $prefix/share/doc/ssh-recipes"
  case :$PATH: in *:"$prefix/bin":*) ;; *) echo "Add $prefix/bin to your PATH." ;; esac
}

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

main
