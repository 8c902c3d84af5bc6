# Starts the watchdog in the folder $d, once everything that it watches is copied there. $restore and $watch are the
# texts of restore.sh and watch.sh, $limit is the time in seconds until it restores, $word the run's word.
#
# write_programs: writes the two programs into the folder, where they outlive this session.
# start_unit: writes all to the disk, and starts the watchdog as a unit of systemd's where possible: root's, or the
#   account's own where its manager stays after a logout. Sets $started where it did.
# start_watchdog: starts it in another way unless $started, waits until it is seen at work, and arms it. Ends the
#   script with 1 when it does not start.

. lib/to-disk.sh
. lib/boot-unit.sh
. lib/is-running.sh
. lib/moment.sh

write_programs() {
  printf '%s' "$restore" >"$d/restore" || exit 1
  printf '%s' "$watch" >"$d/watch" || exit 1
}

start_unit() {
  # Before the watchdog's time begins: it may be long.
  set --
  for f in "${d%/*}/" "$d" "$d"/* "$d"/[0-9]*/* "$d"/[0-9]*/.[!.]*; do
    if [ -e "$f" ] && [ ! -L "$f" ]; then set -- "$@" "$f"; fi
  done
  to_disk "$@"
  started=
  manager=
  if [ -d /run/systemd/system ]; then
    if [ "$(id -u)" = 0 ]; then
      manager=--system
    elif [ -e "/var/lib/systemd/linger/$(id -un)" ]; then
      manager=--user
    fi
  fi
  if [ -n "$manager" ]; then
    XDG_RUNTIME_DIR=/run/user/$(id -u) systemd-run "$manager" --quiet --collect --unit="ssh-recipes-watch-${d##*.}" \
      /bin/sh "$d/watch" "$limit" >/dev/null 2>&1 && started=1
  fi
}

start_watchdog() {
  waited=0
  until is_running "$d/pid"; do
    if [ "$waited" = 100 ] || { [ "$waited" = 0 ] && [ -z "$started" ]; }; then
      # Without systemd, or where it would not: a session of its own outlives the connection.
      if command -v setsid >/dev/null 2>&1; then
        setsid sh "$d/watch" "$limit" </dev/null >/dev/null 2>&1 &
      else
        (sh "$d/watch" "$limit" </dev/null >/dev/null 2>&1 &)
      fi
    fi
    if [ "$waited" -ge 400 ]; then echo "the watchdog did not start" >&2; exit 1; fi
    moment
  done
  printf '%s\n' "$word" >"$d/word" && [ -s "$d/word" ] || exit 1
  name_unit
  set -- "$d/word" "$d/pid" "$d"
  [ ! -e "$unit" ] || set -- "$@" "$unit" "${wanted%/*}" "${unit%/*}"
  to_disk "$@"
}
