/// What runs on a host, as root, while a change of sshd's configuration is not yet proved.
enum WatchdogScript {
  /// `$1` the watchdog's folder, `$2` its run's word, `$3` seconds until it puts back, `$4` where sshd may be, `$5` the folder of a
  /// rehearsal that is over, `$6` how many commands follow that make sshd read its files or start again, each with what it needs, then
  /// the files that are about to be changed.
  ///
  /// Copies the files, starts the watchdog outside this session, and ends with 0 only once it was seen at work. It polls for
  /// a state and counts its own sleeps: an event can be missed, and a clock can jump.
  ///
  /// The file `word` comes last: with it the watchdog is armed. Whoever gives it another name decides how it ends, and only
  /// one can: `acknowledged`, or `restored`. Names can be changed on a disk that is full, and so the old files are moved into
  /// place; where nothing can be written, the watchdog tries again and again.
  static let arm = #"""
    d=$1; word=$2; limit=$3; n=$6
    if [ -s "$5/pid" ]; then kill "$(cat "$5/pid")"; fi
    umask 077
    mkdir "$d" || exit 1
    trap 'rm -rf "$d"' EXIT
    trap 'exit 1' HUP INT TERM
    printf '%s\n' "$4" >"$d/sshd"
    shift 6
    i=0
    while [ "$i" -lt "$n" ]; do
      i=$((i + 1))
      printf '%s\n' "$1" >"$d/reload.$i"; printf '%s\n' "$2" >"$d/needs.$i"; shift 2
    done
    i=0
    for p do
      i=$((i + 1))
      printf '%s\n' "$p" >"$d/path.$i"
      if [ -e "$p" ]; then cp -p "$p" "$d/before.$i" || exit 1; else : >"$d/absent.$i" || exit 1; fi
    done
    cat >"$d/restore" <<'RESTORE'
    d=${0%/*}
    # A reload of a server that has died of its new port succeeds with some init scripts.
    listens() {
      [ -r /proc/net/tcp ] || return 0
      for sshd in $(cat "$d/sshd"); do [ -x "$sshd" ] && break; done
      tries=0
      for port in $("$sshd" -T 2>/dev/null | sed -n 's/^listenaddress .*:\([0-9]*\)$/\1/p' | sort -un); do
        hex=$(printf ':%04X' "$port")
        until cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
          awk -v p="$hex" '$4 == "0A" && substr($2, length($2) - 4) == p { found = 1 } END { exit !found }'; do
          tries=$((tries + 1))
          if [ "$tries" -gt 4 ]; then return 1; fi
          sleep 1
        done
      done
    }
    if [ -e "$d/word" ] && ! mv -f "$d/word" "$d/restored" 2>/dev/null && [ -e "$d/word" ]; then exit 1; fi
    if [ -e "$d/restored" ]; then
      for f in "$d"/path.*; do
        i=${f##*.}; p=$(cat "$f")
        if [ -e "$d/before.$i" ]; then mv -f "$d/before.$i" "$p" || exit 1; fi
        if [ -e "$d/absent.$i" ]; then rm -f "$p" || exit 1; fi
        if command -v restorecon >/dev/null 2>&1; then restorecon "$p" >/dev/null 2>&1; fi
      done
      if [ "${1:-}" != boot ]; then
        for f in "$d"/reload.*; do
          i=${f##*.}
          command -v "$(cat "$d/needs.$i")" >/dev/null 2>&1 || continue
          sh -c "$(cat "$f")" && listens && break
        done
      fi
    fi
    s=/etc/systemd/system
    rm -f "$s/multi-user.target.wants/ssh-recipes-${d##*.}.service" "$s/ssh-recipes-${d##*.}.service"
    rm -rf "$d"
    RESTORE
    cat >"$d/watch" <<'WATCH'
    trap '' HUP INT
    PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin:/usr/local/sbin:/usr/local/bin; export PATH
    d=${0%/*}
    s=/etc/systemd/system; unit=ssh-recipes-${d##*.}.service
    clean() { rm -f "$s/multi-user.target.wants/$unit" "$s/$unit" && rm -rf "$d"; }
    if [ -d /run/systemd/system ]; then
      printf '%s\n' '[Unit]' 'Description=Put back an sshd configuration that was never proved' \
        'Before=ssh.service sshd.service ssh.socket' '[Service]' 'Type=oneshot' "ExecStart=/bin/sh $d/restore boot" \
        >"$s/$unit" && mkdir -p "$s/multi-user.target.wants" && ln -s "$s/$unit" "$s/multi-user.target.wants/$unit"
    fi
    echo $$ >"$d/pid"
    i=0
    while [ -d "$d" ]; do
      if [ -e "$d/acknowledged" ]; then
        clean && exit 0
      elif [ "$i" -ge "$1" ]; then
        sh "$d/restore"
      fi
      if [ -e "$d/again" ] && rm -f "$d/again"; then i=0; fi
      sleep 1
      i=$((i + 1))
    done
    until clean; do sleep 1; done
    WATCH
    if [ -d /run/systemd/system ]; then
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
    printf '%s\n' "$word" >"$d/word" && [ -s "$d/word" ] || exit 1
    trap - EXIT

    """#

  /// `$1` the folder. Begins the watchdog's time anew; ends with 93 where it has put back, or is about to.
  static let extend = #"""
    [ -e "$1/word" ] || exit 93
    kill -0 "$(cat "$1/pid")" || exit 1
    : >"$1/again"

    """#

  /// `$1` the folder, `$2` the run's word. Ends with 0 once the watchdog is gone without having put anything back, 93
  /// where it has or is about to. May be run twice, where the first answer was lost.
  static let acknowledge =
    end + #"""
      d=$1
      taken=
      if [ -e "$d/word" ] && [ "$(cat "$d/word")" = "$2" ]; then
        if mv -f "$d/word" "$d/acknowledged"; then taken=1; elif [ -e "$d/word" ]; then exit 1; fi
      fi
      # The watchdog may have seen it by now, and be gone with everything.
      [ -n "$taken" ] || [ -e "$d/acknowledged" ] || exit 93
      end_watchdog

      """#

  /// A function that ends the watchdog of the folder `$d`, of whose end somebody has decided. It would see for itself within a
  /// second; nobody needs to wait for that.
  static let end = #"""
    end_watchdog() {
      pid=$(cat "$d/pid" 2>/dev/null)
      s=/etc/systemd/system; unit=ssh-recipes-${d##*.}.service
      rm -f "$s/multi-user.target.wants/$unit" "$s/$unit" && rm -rf "$d" || return 0
      [ -n "$pid" ] || return 0
      case $(tr '\000' ' ' 2>/dev/null <"/proc/$pid/cmdline") in *"$d/watch "*) kill "$pid" ;; esac 2>/dev/null
      tries=0
      while kill -0 "$pid" 2>/dev/null && [ "$tries" -lt 30 ]; do
        tries=$((tries + 1))
        sleep 0.05 2>/dev/null || { sleep 1; tries=$((tries + 19)); }
      done
      return 0
    }

    """#
}
