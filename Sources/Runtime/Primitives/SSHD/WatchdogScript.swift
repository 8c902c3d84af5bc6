/// What runs on a host, as root, while a change of sshd's configuration is not yet proved.
enum WatchdogScript {
  /// `$1` the watchdog's folder, `$2` its run's word, `$3` seconds until it puts back, `$4` how many reload commands
  /// follow, each with what it needs, then the files that are about to be changed.
  ///
  /// Copies the files, starts the watchdog outside this session, and ends with 0 only once it was seen at work. It polls for
  /// a state and counts its own sleeps: an event can be missed, and a clock can jump.
  static let arm = #"""
    d=$1; word=$2; limit=$3; n=$4; shift 4
    umask 077
    mkdir "$d" || exit 1
    trap 'rm -rf "$d"' EXIT
    trap 'exit 1' HUP INT TERM
    i=0
    while [ "$i" -lt "$n" ]; do
      i=$((i + 1))
      printf '%s\n' "$1" >"$d/reload.$i"; printf '%s\n' "$2" >"$d/needs.$i"; shift 2
    done
    i=0
    for p do
      i=$((i + 1))
      printf '%s\n' "$p" >"$d/path.$i"
      if [ -e "$p" ]; then cp -p "$p" "$d/before.$i" || exit 1; fi
    done
    printf '%s\n' "$word" >"$d/word"
    cat >"$d/restore" <<'RESTORE'
    d=${0%/*}
    for f in "$d"/path.*; do
      i=${f##*.}; p=$(cat "$f")
      if [ -e "$d/before.$i" ]; then cp -p "$d/before.$i" "$d/new" && mv -f "$d/new" "$p"; else rm -f "$p"; fi
    done
    : >"$d/restored"
    if [ "${1:-}" != boot ]; then
      for f in "$d"/reload.*; do
        i=${f##*.}
        command -v "$(cat "$d/needs.$i")" >/dev/null 2>&1 || continue
        sh -c "$(cat "$f")" && break
      done
    fi
    rm -f "/etc/systemd/system/multi-user.target.wants/ssh-recipes-${d##*.}.service" \
      "/etc/systemd/system/ssh-recipes-${d##*.}.service"
    rm -rf "$d"
    RESTORE
    cat >"$d/watch" <<'WATCH'
    trap '' HUP INT
    d=${0%/*}
    echo $$ >"$d/pid"
    i=0
    while [ "$i" -lt "$1" ]; do
      [ -d "$d" ] || exit 0
      if [ -e "$d/acknowledged" ] && [ "$(cat "$d/acknowledged")" = "$(cat "$d/word")" ]; then
        rm -f "/etc/systemd/system/multi-user.target.wants/ssh-recipes-${d##*.}.service" \
          "/etc/systemd/system/ssh-recipes-${d##*.}.service"
        rm -rf "$d"
        exit 0
      fi
      if [ -e "$d/again" ]; then rm -f "$d/again"; i=0; fi
      sleep 1
      i=$((i + 1))
    done
    PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin:/usr/local/sbin:/usr/local/bin; export PATH
    sh "$d/restore"
    WATCH
    if [ -d /run/systemd/system ]; then
      unit=ssh-recipes-${d##*.}.service
      printf '%s\n' '[Unit]' 'Description=Put back an sshd configuration that was never proved' \
        'Before=ssh.service sshd.service ssh.socket' '[Service]' 'Type=oneshot' "ExecStart=/bin/sh $d/restore boot" \
        >"/etc/systemd/system/$unit" &&
        mkdir -p /etc/systemd/system/multi-user.target.wants &&
        ln -s "/etc/systemd/system/$unit" "/etc/systemd/system/multi-user.target.wants/$unit"
      systemd-run --quiet --collect --unit="ssh-recipes-watch-${d##*.}" /bin/sh "$d/watch" "$limit" >/dev/null 2>&1
    fi
    tries=0
    until [ -s "$d/pid" ] && kill -0 "$(cat "$d/pid")" 2>/dev/null; do
      if [ "$tries" = 20 ] || { [ "$tries" = 0 ] && [ ! -d /run/systemd/system ]; }; then
        # Without systemd, or where it would not: a session of its own outlives the connection.
        if command -v setsid >/dev/null 2>&1; then
          setsid sh "$d/watch" "$limit" </dev/null >/dev/null 2>&1 &
        else
          (sh "$d/watch" "$limit" </dev/null >/dev/null 2>&1 &)
        fi
      fi
      tries=$((tries + 1))
      if [ "$tries" -gt 60 ]; then echo "the watchdog did not start" >&2; exit 1; fi
      sleep 0.05 2>/dev/null || { sleep 1; tries=$((tries + 9)); }
    done
    trap - EXIT

    """#

  /// `$1` the folder. Begins the watchdog's time anew; ends with 93 where it is gone, which means that it has put back.
  static let extend = #"""
    [ -s "$1/pid" ] && kill -0 "$(cat "$1/pid")" 2>/dev/null && [ ! -e "$1/restored" ] || exit 93
    : >"$1/again"

    """#

  /// `$1` the folder, `$2` the run's word. Ends with 0 once the watchdog is gone without having put anything back, 93
  /// where it has or is about to.
  static let acknowledge = #"""
    [ -d "$1" ] && [ ! -e "$1/restored" ] || exit 93
    printf '%s\n' "$2" >"$1/acknowledged" || exit 1
    tries=0
    while [ -d "$1" ]; do
      if [ -e "$1/restored" ]; then exit 93; fi
      tries=$((tries + 1))
      if [ "$tries" -gt 100 ]; then echo "the watchdog did not take the acknowledgement" >&2; exit 1; fi
      sleep 0.05 2>/dev/null || { sleep 1; tries=$((tries + 19)); }
    done

    """#
}
