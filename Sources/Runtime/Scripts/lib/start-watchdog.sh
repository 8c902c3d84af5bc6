# Starts the watchdog in the folder $d, once all watched files are copied there. $restore and $watch are the texts of
# restore.sh and watch.sh, $limit is the time in seconds until the watchdog restores, $word the run's word.
#
# write_programs: writes the two programs into the folder, where they outlive this session.
# start_unit: writes everything to disk, except with the argument `later`, and starts the watchdog as a systemd unit if
#   possible: root's, or the account's own if its service manager stays after logout. Sets $started on success.
# start_watchdog: starts the watchdog by other means unless $started, waits until it is running, and arms it. Ends the
#   script with 1 if the watchdog does not start. Needs the umask 077.

. lib/to-disk.sh
. lib/next-boot.sh
. lib/is-running.sh
. lib/moment.sh
. lib/own-id.sh

write_programs() {
  printf '%s' "$restore" >"$d/restore" || exit 1
  printf '%s' "$watch" >"$d/watch" || exit 1
}

start_unit() {
  all_files="$d/word $d/pid $d"
  if [ "${1:-}" = later ]; then
    all_files="${d%/*}/ $d/* $d"
  else
    # Before the watchdog's time begins, since this may take long.
    set --
    for f in "${d%/*}/" "$d" "$d"/* "$d"/[0-9]*/* "$d"/[0-9]*/.[!.]*; do
      if [ -e "$f" ] && [ ! -L "$f" ]; then set -- "$@" "$f"; fi
    done
    to_disk "$@"
  fi
  started=
  manager=
  if [ -d /run/systemd/system ]; then
    own_id
    if [ "$me" = 0 ]; then
      manager=--system
    elif [ -e "/var/lib/systemd/linger/$(id -un)" ]; then
      manager=--user
    fi
  fi
  if [ -n "$manager" ]; then
    XDG_RUNTIME_DIR=/run/user/$me systemd-run "$manager" --quiet --collect --unit="ssh-recipes-watch-${d##*/.ssh-recipes.}" \
      /bin/sh "$d/watch" "$limit" >/dev/null 2>&1 && started=1
  fi
}

# Without systemd, or after its failure: a session of its own outlives the connection.
start_session() {
  if command -v setsid >/dev/null 2>&1; then
    setsid sh "$d/watch" "$limit" </dev/null >/dev/null 2>&1 &
  else
    (sh "$d/watch" "$limit" </dev/null >/dev/null 2>&1 &)
  fi
}

start_watchdog() {
  # While the watchdog of a systemd unit is on its way.
  umask 022
  start_at_boot /bin/sh
  umask 077
  [ -n "$started" ] || start_session
  waited=0
  until is_running "$d/pid"; do
    [ "$waited" != 100 ] || start_session
    if [ "$waited" -ge 400 ]; then echo "the watchdog did not start" >&2; exit 1; fi
    moment
  done
  printf '%s\n' "$word" >"$d/word" && [ -s "$d/word" ] || exit 1
  boot_files
  # shellcheck disable=SC2086 # the names have no blanks
  to_disk $all_files $boot_files
}
