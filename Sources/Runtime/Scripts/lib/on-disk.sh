# on_disk PATH: prints `df: LINE` on standard error, with the file system that the path is on. The directory is asked
#   about: of a file, df may not know the mount above it.

on_disk() {
  f=$1
  [ -d "$f" ] || f=${f%/*}
  df -Pk "${f:-/}" 2>/dev/null | sed -n '$s/^/df: /p' >&2
}
