# show_key PATH: prints the visible facts about a key pair: `key PATH`; `private LISTING`; `public LINE`; then `plain
#   LINE` for a key without a passphrase, else `why TEXT` with ssh-keygen's message and, for a key with a passphrase,
#   `locked FINGERPRINT`; `denied` if the private key is not readable.
#
# A key with a passphrase in OpenSSH's own format shows its fingerprint without the passphrase, but only through a link
# without a `.pub` beside it: `ssh-keygen -l` would otherwise read the `.pub`.

show_key() {
  printf 'key %s\n' "$1"
  s=$(ls -ldnL "$1" 2>/dev/null) && printf 'private %s\n' "$s"
  if [ -f "$1.pub" ] && [ ! -s "$1.pub" ]; then echo 'public '
  elif [ -f "$1.pub" ]; then head -c 20000 <"$1.pub" | LC_ALL=C sed 's/^/public /'; echo
  elif [ -e "$1.pub" ] || [ -L "$1.pub" ]; then echo 'public (not a file)'
  fi
  [ -f "$1" ] || return 0
  if [ ! -r "$1" ]; then echo denied; return 0; fi
  if y=$(ssh-keygen -y -P '' -f "$1" 2>&1 </dev/null); then
    printf '%s\n' "$y" | LC_ALL=C sed 's/^/plain /'
    return 0
  fi
  printf '%s\n' "$y" | sed 's/^/why /'
  case $y in *passphrase*) ;; *) return 0 ;; esac
  d=$(mktemp -d 2>/dev/null) || return 0
  ln -s "$1" "$d/key" && y=$(ssh-keygen -lf "$d/key" 2>/dev/null </dev/null) && printf 'locked %s\n' "$y"
  rm -rf "$d"
}
