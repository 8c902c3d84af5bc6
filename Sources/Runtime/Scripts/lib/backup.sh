# Reads what a login depends on, and its copies, in a watchdog's folder $d: for the scripts that copy it
# (keep-all.sh), look at it (guard-command.sh) and restore it (restore.sh).
#
# modes_of PATH...: prints `MODE UID GID INODE PATH` for each path that is there, in the order of their names.
# files NUMBER: prints the watched files of the folder with this number that are there, one per line.
# text_of LINK: prints the target that the link names.
# checksums FILE...: prints a line with sum and size per file; the size alone where cksum is missing, as in some
#   builds of BusyBox.
# listening: prints `open port` or `closed port` for sshd's port; nothing where it is not known.

. lib/to-disk.sh
. lib/listens.sh

modes_of() {
  # shellcheck disable=SC2012
  ls -ldin "$@" 2>/dev/null | awk '
    { head = $2 " " $4 " " $5 " " $1; for (n = 1; n < 10; n++) sub(/^ *[^ ]+ +/, "")
      if (head ~ /^l/) sub(/ -> .*/, ""); print head, $0 }'
}

files() {
  { read -r folder; read -r names; } <"$d/folder.$1"
  set -f
  for name in $names; do
    set +f
    for p in "$folder"/$name; do
      if [ -e "$p" ] || [ -L "$p" ]; then printf '%s\n' "$p"; fi
    done
    set -f
  done
  set +f
}

text_of() {
  readlink "$1" 2>/dev/null && return
  # shellcheck disable=SC2012
  line=$(ls -ld "$1" 2>/dev/null)
  printf '%s\n' "${line#*" $1 -> "}"
}

checksums() { cksum "$@" 2>/dev/null || for f do wc -c "$f" || return 1; done; }

listening() {
  read -r port <"$d/port"
  [ -n "$port" ] || return 0
  if listens "$port"; then echo 'open port'; else echo 'closed port'; fi
}
