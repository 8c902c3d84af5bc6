# on_disk PATH: prints `df: LINE` on standard error, for the path's file system. Asks for the directory, since df may
#   not know the mount behind a file.

on_disk() {
  f=$1
  [ -d "$f" ] || f=${f%/*}
  df -Pk "${f:-/}" 2>/dev/null | sed -n '$s/^/df: /p' >&2
}
