# show_key PATH: prints all that can be seen of one key pair: `key PATH`; `private LISTING`; `public LINE`; then
#   `plain LINE` where it has no passphrase, else `why TEXT` with ssh-keygen's message and, for a key with a
#   passphrase, `locked FINGERPRINT`; `denied` where the private half cannot be read.
#
# A protected key of OpenSSH's own format tells its fingerprint without the passphrase. A link beside no `.pub` is
# needed for that, since `ssh-keygen -l` would rather read the `.pub`.

show_key() {
  printf 'key %s\n' "$1"
  s=$(ls -ldnL "$1" 2>/dev/null) && printf 'private %s\n' "$s"
  if [ -f "$1.pub" ]; then head -n 4 <"$1.pub" | head -c 20000 | sed 's/^/public /'; echo
  elif [ -e "$1.pub" ] || [ -L "$1.pub" ]; then echo 'public (not a file)'
  fi
  [ -f "$1" ] || return 0
  if [ ! -r "$1" ]; then echo denied; return 0; fi
  if y=$(ssh-keygen -y -P '' -f "$1" 2>&1 </dev/null); then
    printf '%s\n' "$y" | sed 's/^/plain /'
    return 0
  fi
  printf '%s\n' "$y" | sed 's/^/why /'
  case $y in *passphrase*) ;; *) return 0 ;; esac
  d=$(mktemp -d 2>/dev/null) || return 0
  ln -s "$1" "$d/key" && y=$(ssh-keygen -lf "$d/key" 2>/dev/null </dev/null) && printf 'locked %s\n' "$y"
  rm -rf "$d"
}
