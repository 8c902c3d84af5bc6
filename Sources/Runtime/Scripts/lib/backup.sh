# Reads the files that logins depend on, and their copies, in a watchdog's folder $d: for the scripts that copy them
# (keep-all.sh), compare them (guard-command.sh) and restore them (restore.sh).
#
# modes_of PATH...: prints `MODE UID GID INODE PATH` for each existing path, in the order of their names.
# files NUMBER: prints the existing watched files of the folder with this number, one per line.
# text_of LINK: prints the target of the link.
# checksums FILE...: prints a line per file that begins with its sum and ends with its path; with its size alone where
#   there is neither md5sum nor cksum, of which builds of BusyBox may lack one.
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

checksums() {
  if command -v md5sum >/dev/null 2>&1; then md5sum "$@" 2>/dev/null
  elif command -v cksum >/dev/null 2>&1; then cksum "$@" 2>/dev/null
  else for f do wc -c "$f" || return 1; done
  fi
}

listening() {
  read -r port <"$d/port"
  [ -n "$port" ] || return 0
  if listens "$port"; then echo 'open port'; else echo 'closed port'; fi
}
