# Receives a file's new contents in pieces, for a server that allows no separate session.
#
# Arguments: `begin`, the file's path, the beginning of the names of temporary files, and `beside` or `apart`, see
#   lib/temporary-file.sh; or `add` and the temporary file; or `end` and the temporary file.
# Input: with `add`, the next bytes.
# Prints: with `begin`, the path of the temporary file.
# Status: 1 for an error, with a line of on_disk on standard error.

. lib/fail.sh
. lib/temporary-file.sh

umask 077
case $1 in
  begin) temporary_file "$2" "$3" "$4"; printf '%s\n' "$t" ;;
  add) cat >>"$2" || fail "$2" ;;
  end)
    t=$2
    case $t in */new) beside= ;; *) beside=1 ;; esac
    remove_temporary
    ;;
esac
