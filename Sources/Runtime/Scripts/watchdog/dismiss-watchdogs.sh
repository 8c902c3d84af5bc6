# Ends watchdogs without a change to watch, and removes leftover files of a run.
#
# Arguments: the folders, and the beginnings of the files' names; most of them do not exist.

. lib/end-watchdog.sh

for d do
  if [ ! -d "$d" ]; then
    for f in "$d" "$d".*; do
      # A directory of temporary files in /tmp; the account's own, since others may make any name there.
      if [ -d "$f" ] && [ ! -L "$f" ] && [ -O "$f" ]; then rm -f "$f/new" "$f/new.old" && rmdir "$f"; fi
      [ -d "$f" ] || rm -f "$f"
    done
  elif [ ! -e "$d/word" ] || mv -f "$d/word" "$d/acknowledged"; then
    end_watchdog
  fi
done
