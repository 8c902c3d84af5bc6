# Restores everything copied by keep_all: the program `restore` in a watchdog's folder.
#
# Arguments: `boot` if the host is about to start sshd, or nothing to reload sshd.
# Prints: `restored PATH`; `damaged PATH` for a copy that has changed.
# Status: 1 if a file could not be restored; the program may then be run again.

. lib/path.sh
. lib/backup.sh
. lib/next-boot.sh
. lib/restore-files.sh
. lib/serve.sh

d=${0%/*}
failed=

if [ -e "$d/word" ] && ! mv -f "$d/word" "$d/restored" 2>/dev/null && [ -e "$d/word" ]; then exit 1; fi
if [ -e "$d/restored" ]; then
  modes
  links
  read -r folders <"$d/folders"
  i=0
  while [ "$i" -lt "$folders" ]; do
    i=$((i + 1))
    put_back "$i"
  done
  modes
  cd /
  # The watchdog will try again later.
  [ -z "$failed" ] || exit 1
  if [ "${1:-}" = boot ]; then
    # The generator ran before any unit, with the unrestored files.
    for g in /etc /usr/local/lib /usr/lib /lib; do
      [ -x "$g/systemd/system-generators/sshd-socket-generator" ] || continue
      systemctl daemon-reload
      break
    done
  elif [ -e "$d/reload.1" ]; then
    if ! serve reload || ! is_open; then serve restart; fi
  fi
fi
remove_boot_files "$d" 2>/dev/null
