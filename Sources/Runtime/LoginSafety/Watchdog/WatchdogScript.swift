import Formats
import Hosts

/// What runs on a host while a change that decides about logins is not yet proved: a copy of what was there, and a process
/// that puts it back unless it is told in time that a login has worked.
///
/// The file `word` comes last: with it the watchdog is armed. Whoever gives it another name decides how it ends, and only
/// one can. A name can be given on a disk that is full, and so the old files get their places as a second name and a
/// change of it; where nothing can be written, the watchdog tries again and again.
///
/// All of it is on the disk before `word` is, and `word` is before anything is changed: else a power cut would leave
/// copies without contents, and a watchdog that believes in them.
package enum WatchdogScript {
  /// Arguments as ``Watchdog/arguments(_:)`` has them. Ends with 0 only once the watchdog was seen at work, and with
  /// ``endsWithSession`` where it would end together with this session.
  static let arm = begin + BackupScript.text + files + synced + outside + session + waiting + AtEnd.nothing

  /// `$1` the folder, `$2` the run's word, `$3` seconds until it puts back, `$4` sshd's port, `$5` the folder of a rehearsal that is over; then four
  /// lists, each with its length in front: commands to reload sshd, each with what it needs; the same to restart it; paths whose mode and
  /// owner count; folders with the names in them that are watched, patterns with blanks between.
  static let begin =
    FileSystemLine.function + #"""
      LC_ALL=C; export LC_ALL
      umask 077
      d=$1; word=$2; limit=$3; port=$4
      if [ -s "$5/pid" ]; then kill "$(cat "$5/pid")"; fi
      shift 5
      mkdir "$d" || { on_disk "$d"; exit 1; }

      """# + AtEnd.doing(#"on_disk "$d"; rm -rf "$d""#) + lists

  static let lists = #"""
    printf '%s\n' "$port" >"$d/port" || exit 1
    n=$1; shift; i=0
    while [ "$i" -lt "$n" ]; do i=$((i + 1)); printf '%s\n%s\n' "$1" "$2" >"$d/reload.$i"; shift 2; done
    n=$1; shift; i=0
    while [ "$i" -lt "$n" ]; do i=$((i + 1)); printf '%s\n%s\n' "$1" "$2" >"$d/restart.$i"; shift 2; done
    n=$1; shift; : >"$d/paths"
    while [ "$n" -gt 0 ]; do printf '%s\n' "$1" >>"$d/paths"; n=$((n - 1)); shift; done
    folders=$1; shift; i=0
    while [ "$i" -lt "$folders" ]; do i=$((i + 1)); printf '%s\n%s\n' "$1" "$2" >"$d/folder.$i"; shift 2; done
    printf '%s\n' "$folders" >"$d/folders" || exit 1

    """#

  /// The programs that put back and wait, in the folder, where they outlive this session.
  static let files =
    "cat >\"$d/restore\" <<'RESTORE' || exit 1\n" + RestoreScript.whole + "RESTORE\n"
    + "cat >\"$d/watch\" <<'WATCH' || exit 1\n" + watch + "WATCH\n"

  /// The first one before the watchdog's time begins: it may be long.
  private static let synced = #"""
    all_to_disk() {
      set --
      for f in "${d%/*}/" "$d" "$d"/* "$d"/[0-9]*/* "$d"/[0-9]*/.[!.]*; do
        if [ -e "$f" ] && [ ! -L "$f" ]; then set -- "$@" "$f"; fi
      done
      to_disk "$@"
    }
    armed_to_disk() {
      set -- "$d/word" "$d/pid" "$d"
      s=/etc/systemd/system; unit=$s/ssh-recipes-${d##*.}.service
      [ ! -e "$unit" ] || set -- "$@" "$unit" "$s/multi-user.target.wants" "$s"
      to_disk "$@"
    }
    all_to_disk

    """#

  /// `$1` seconds. It polls for a state and counts its own sleeps: an event can be missed, and a clock can jump.
  ///
  /// The unit for the next boot comes before whatever listens, socket or service. A unit with the usual dependencies would
  /// come after the sockets, and systemd would drop one of both. `multi-user.target` wants it, as it wants sshd: all of
  /// a boot is one transaction, in which only the order counts, not who has asked.
  static let watch = #"""
    trap '' HUP INT
    PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin:/usr/local/sbin:/usr/local/bin; export PATH
    d=${0%/*}
    s=/etc/systemd/system; unit=ssh-recipes-${d##*.}.service
    clean() { rm -f "$s/multi-user.target.wants/$unit" "$s/$unit" && rm -rf "$d"; }
    if [ -d /run/systemd/system ] && [ "$(id -u)" = 0 ]; then
      printf '%s\n' '[Unit]' 'Description=Put back a change that no login has proved' \
        'DefaultDependencies=no' "RequiresMountsFor=$d" 'After=local-fs.target' 'Conflicts=shutdown.target' \
        'Before=ssh.service sshd.service ssh.socket sshd.socket sockets.target shutdown.target' \
        '[Service]' 'Type=oneshot' "ExecStart=/bin/sh $d/restore boot" \
        >"$s/$unit" && mkdir -p "$s/multi-user.target.wants" && ln -s "$s/$unit" "$s/multi-user.target.wants/$unit"
    fi
    echo $$ >"$d/pid"
    i=0
    while [ -d "$d" ]; do
      if [ -e "$d/acknowledged" ]; then
        clean && exit 0
      elif [ "$i" -ge "$1" ]; then
        sh "$d/restore" >/dev/null 2>&1
      fi
      if [ -e "$d/again" ] && rm -f "$d/again"; then i=0; fi
      sleep 1
      i=$((i + 1))
    done
    until clean; do sleep 1; done

    """#

  /// Starts the watchdog, outside this session where that can be.
  static let start = synced + outside + waiting

  /// As a unit of systemd's: root's, or the account's own where its manager stays when nobody is logged in.
  private static let outside = #"""
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

    """#

  static let endsWithSession: Int32 = 94

  /// logind may end all that an account has started together with its session, also what has a session of its own to the
  /// kernel. Source: logind.conf(5), KillUserProcesses.
  private static let session = #"""
    logind() {
      busctl get-property org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager "$1" 2>/dev/null
    }
    ends_with_session() {
      [ "$(logind KillUserProcesses)" = 'b true' ] || return 1
      case $(logind KillExcludeUsers) in *"\"$1\""*) return 1 ;; esac
      case $(logind KillOnlyUsers) in 'as 0' | *"\"$1\""*) return 0 ;; esac
      return 1
    }
    if [ -z "$started" ] && [ -d /run/systemd/system ] && ends_with_session "${SUDO_USER:-$(id -un)}"; then exit 94; fi

    """#

  /// Until it is seen at work.
  private static let waiting = #"""
    tries=0
    until [ -s "$d/pid" ] && kill -0 "$(cat "$d/pid")" 2>/dev/null; do
      if [ "$tries" = 20 ] || { [ "$tries" = 0 ] && [ -z "$started" ]; }; then
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
    armed_to_disk

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

  /// The arguments are folders of watchdogs under which nothing was changed, and files, of which most are not there.
  package static let dismiss =
    end + #"""
      for d do
        if [ ! -d "$d" ]; then
          rm -f "$d"
        elif [ ! -e "$d/word" ] || mv -f "$d/word" "$d/acknowledged"; then
          end_watchdog
        fi
      done

      """#

  /// `$1` the folder. Puts everything back at once; prints `restored PATH` for each. Ends with 93 where that was done already.
  static let restoreNow = restoring + "put_back \"$1\"\n"

  /// The arguments are folders, of which most are not there; puts back at once what is armed in them.
  package static let restoreAll =
    restoring + #"""
      failed=0
      for d do
        put_back "$d" || [ "$?" = 93 ] || failed=1
      done
      exit "$failed"

      """#

  private static let restoring = #"""
    put_back() {
      [ -e "$1/word" ] || [ -e "$1/restored" ] || return 93
      sh "$1/restore"
    }

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
