# Reads the files that logins depend on, and their copies, in a watchdog's folder $d: for the scripts that copy them
# (keep-all.sh), compare them (guard-command.sh) and restore them (restore.sh).
#
# modes_of PATH...: prints `MODE UID GID INODE PATH` for each existing path, in the order of their names.
# files NUMBER: prints the existing watched files of the folder with this number, one per line.
# text_of LINK: prints the target of the link.
# checksums FILE...: prints a line with sum and size per file; the size alone without cksum, as in some builds of
#   BusyBox.
# listening: prints `open port` or `closed port` for sshd's port; nothing if the port is unknown.

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
