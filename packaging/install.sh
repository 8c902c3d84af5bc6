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
  # From a pipe, $0 is the shell, and the folder that the user happens to be in is not looked at.
  case $0 in
    */install.sh) here=${0%/*} ;;
    install.sh) here=. ;;
    *) here='' ;;
  esac
  if [ -n "$here" ] && [ -x "$here/bin/ssh-recipes" ]; then
    place "$here"
  else
    download
  fi
}

download() {
  [ "$(uname -s)" = Linux ] || fail "this installs the program for Linux; on $(uname -s), see the README"
  for program in tar ssh-keygen sha256sum; do has "$program" || fail "$program is missing"; done
  has curl || has wget || fail 'curl or wget is missing'
  [ -n "$signers" ] || fail 'this copy of install.sh has no key that signs releases'
  releases=${URL:-https://github.com/ssh-recipes/ssh-recipes/releases}
  from=$releases/latest/download
  [ -z "${VERSION:-}" ] || from=$releases/download/$VERSION
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  trap 'exit 1' HUP INT TERM
  get SHA256SUMS
  get SHA256SUMS.sig
  printf '%s\n' "$signers" >"$folder/signers"
  ssh-keygen -q -Y verify -f "$folder/signers" -I release@ssh-recipes -n file -s "$folder/SHA256SUMS.sig" \
    <"$folder/SHA256SUMS" >/dev/null 2>&1 || fail 'the signature of SHA256SUMS is wrong; nothing was installed'
  archive=$(sed -n "s/.*  \(ssh-recipes-[^/]*-linux-$(uname -m)\.tar\.gz\)\$/\1/p" "$folder/SHA256SUMS")
  [ -n "$archive" ] || fail "the release has no program for $(uname -m); nothing was installed"
  get "$archive"
  (cd "$folder" && grep "  $archive\$" SHA256SUMS | sha256sum -c - >/dev/null 2>&1) ||
    fail "the checksum of $archive is wrong; nothing was installed"
  tar -xzf "$folder/$archive" -C "$folder"
  echo "$archive: signature and checksum are right."
  place "$folder/${archive%.tar.gz}"
}

has() { command -v "$1" >/dev/null 2>&1; }

get() {
  if has curl; then curl -fsSL -o "$folder/$1" "$from/$1"; else wget -q -O "$folder/$1" "$from/$1"; fi ||
    fail "$from/$1 cannot be downloaded; nothing was installed"
}

place() {
  mkdir -p "$prefix"
  [ "$(cd "$1" && pwd -P)" != "$(cd "$prefix" && pwd -P)" ] || fail "PREFIX is the folder to install from"
  # Files of an older version.
  rm -rf "$prefix/share/ssh-recipes"
  (cd "$1" && find bin share -type f) | while read -r file; do
    mkdir -p "$prefix/${file%/*}" || exit
    # Beside it first: a program that is at work keeps its file.
    cp "$1/$file" "$prefix/$file.new" || exit
    mv -f "$prefix/$file.new" "$prefix/$file" || exit
  done
  "$prefix/bin/ssh-recipes" --version | sed -n '1s/^/Installed /p'
  echo "The program is $prefix/bin/ssh-recipes; recipes, manual page and completions are below $prefix/share."
  cat <<END
To remove all of it:
  cd $(quoted "$prefix") && rm -r bin/ssh-recipes share/ssh-recipes share/doc/ssh-recipes share/man/man1/ssh-recipes.1 \\
    share/bash-completion/completions/ssh-recipes share/zsh/site-functions/_ssh-recipes \\
    share/fish/vendor_completions.d/ssh-recipes.fish
END
  case :$PATH: in *:"$prefix/bin":*) ;; *) echo "Add $prefix/bin to your PATH." ;; esac
  has ssh || echo 'ssh is missing, which every run needs: install the OpenSSH client.'
}

quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/'\\\\''/g")"; }

fail() {
  echo "install.sh: $1" >&2
  exit 1
}

main
