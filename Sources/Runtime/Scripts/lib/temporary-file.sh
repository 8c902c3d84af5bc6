# temporary_file PATH NAME WHERE: makes the temporary file $t for the new contents of a file: with `beside`, in the
#   file's directory if the account can write there, and $beside is set; otherwise, and with `apart`, in a new directory.
#   NAME is the beginning of the name of the file or the new directory.
# remove_temporary: removes $t, and the new directory.
#
# The new directory is in the account's home or in the directory for temporary files, which is often small: the one with
# more room is chosen.

. lib/make-temporary.sh

room() { df -Pk "$1" 2>/dev/null | awk 'NR > 1 { n = $4 } END { print n + 0 }'; }

temporary_file() {
  d=${1%/*}; [ -n "$d" ] || d=/
  beside=
  if [ "$3" = beside ] && [ -w "$d" ]; then
    beside=1
    temporary_beside "$d" "$2"
    chmod 600 "$t" || fail "$t"
    return
  fi
  d=${TMPDIR:-/tmp}
  if [ -d "$HOME" ] && [ -w "$HOME" ] && [ "$(room "$HOME")" -gt "$(room "$d")" ]; then d=$HOME; fi
  temporary_apart "$d" "$2"
  : >"$t" || fail "$t"
}

remove_temporary() {
  rm -f "$t"
  [ -n "$beside" ] || rmdir "${t%/*}" 2>/dev/null
}
