import Hosts

/// What runs on a host while a configuration is rehearsed.
enum RehearsalScript {
  /// `$1` the rehearsal's folder, `$2` the account that logs in, `$3` the seconds that all of it may live, `$4` sshd,
  /// `$5` how many files the candidate has, `$6` `listen` if its ports are to be tried; the candidate on standard input, each line behind
  /// the number of its file. Number 0 is the main file; without files, `$7` is what sshd reads.
  ///
  /// The second sshd has two pipes in place of a socket (`sshd -i`). A port on the loopback would be open to everybody on
  /// the host, and to reach it takes AllowTcpForwarding, which this very change may be about and some systems forbid.
  /// It is called by its own name, which is the one that PAM looks for.
  ///
  /// Ends with 0 once sshd waits; prints `bind TEXT` with what sshd said of its ports, last `bind nothing said` where it has not said of each
  /// whether it got it.
  static let start = prepare + files + begin

  private static let prepare = #"""
    d=$1; account=$2; seconds=$3; sshd=$4; files=$5; listen=$6; config=$7
    LC_ALL=C; export LC_ALL
    umask 077
    mkdir "$d" || exit 1

    """# + AtEnd.doing(#"rm -rf "$d""#) + #"""
      chmod 711 "$d"
      cat >"$d/all"
      i=0
      while [ "$i" -lt "$files" ]; do
        sed -n "s/^$i //p" "$d/all" >"$d/$i" || exit 1
        i=$((i + 1)); config=$d/0
      done
      if [ -d /run ] && [ ! -d /run/sshd ] && "$sshd" -t -f "$config" 2>&1 | grep -q 'directory: /run/sshd'; then
        mkdir -m 0755 /run/sshd
      fi
      wanted=0
      [ -z "$listen" ] || wanted=$("$sshd" -T -f "$config" 2>/dev/null | grep -c '^listenaddress ')
      # The way in begins when `out` is there; by then both must be the account's.
      mkfifo "$d/in" "$d/next" && chown "$account" "$d/in" "$d/next" && mv "$d/next" "$d/out" || exit 1

      """#

  private static let files =
    "cat >\"$d/run\" <<'RUN'\n" + run + "RUN\ncat >\"$d/tree\" <<'TREE'\n" + ProcessTree.end + "\nTREE\n"

  /// `$1` sshd, `$2` the seconds that all of it may live, `$3` what sshd reads, `$4` how many addresses are to be tried.
  ///
  /// It has the folder in its keeping, and says in `pid` that it has.
  static let run = #"""
    trap '' HUP INT
    d=${0%/*}; sshd=$1; seconds=$2; config=$3; wanted=$4
    b=
    end() {
      trap '' TERM
      # It has no pid file, and no child; and it must not take its time.
      [ -z "$b" ] || kill -9 "$b" 2>/dev/null
      [ -e "$d/over" ] || sh "$d/tree" "$p"
      kill "$p" "$s" 2>/dev/null
      # Whoever still waits for the other end of a pipe would wait for ever.
      true 2>/dev/null 3<>"$d/in" 4<>"$d/out"
      # What still ends would put a file into a folder that is being removed.
      wait "$p"
      rm -rf "$d"
      exit 0
    }
    has_said() { [ "$(grep -c -e '^Server listening on ' -e '^Bind to port ' "$d/bind")" -ge "$wanted" ]; }
    { "$sshd" -i -e -f "$config" -o LogLevel=VERBOSE <"$d/in" >"$d/out" 2>"$d/said"; : >"$d/over"; } &
    p=$!
    sleep "$seconds" &
    s=$!
    trap end TERM
    echo $$ >"$d/pid"
    if [ "$wanted" -gt 0 ]; then
      "$sshd" -D -e -f "$config" -o PidFile=none </dev/null >"$d/bind" 2>&1 &
      b=$!
      i=0
      while ! has_said && kill -0 "$b" 2>/dev/null && [ "$i" -lt 100 ]; do
        sleep 0.05 2>/dev/null || { sleep 1; i=$((i + 19)); }
        i=$((i + 1))
      done
      kill -9 "$b" 2>/dev/null
      wait "$b" 2>/dev/null
      b=
      # Too slow, or dead: it may also have said the last of it just now.
      has_said || echo 'nothing said' >>"$d/bind"
      mv "$d/bind" "$d/bound"
    fi
    wait "$s"
    end

    """#

  private static let begin = #"""
    if command -v setsid >/dev/null 2>&1; then
      setsid sh "$d/run" "$sshd" "$seconds" "$config" "$wanted" </dev/null >/dev/null 2>&1 &
    else
      (sh "$d/run" "$sshd" "$seconds" "$config" "$wanted" </dev/null >/dev/null 2>&1 &)
    fi
    # $1 a file, $2 how often to look.
    comes() {
      i=0
      until [ -s "$1" ]; do
        if [ ! -d "$d" ] || [ "$i" -ge "$2" ]; then return 1; fi
        sleep 0.05 2>/dev/null || { sleep 1; i=$((i + 19)); }
        i=$((i + 1))
      done
    }
    # From here on the folder is removed by `run`, which must be there for it.
    comes "$d/pid" 200 || { echo 'a second sshd was not started in time' >&2; exit 1; }

    """# + AtEnd.nothing + #"""
      if [ "$wanted" -gt 0 ]; then
        { comes "$d/bound" 400 && cat "$d/bound" || echo 'nothing said'; } | sed 's/^/bind /'
      fi

      """#

  /// `$1` the folder. Prints what the second sshd has said, and leaves nothing of it.
  static let end = #"""
    cat "$1/said" 2>/dev/null
    tries=0
    while [ -d "$1" ]; do
      if [ "$tries" = 0 ] && [ -s "$1/pid" ]; then kill "$(cat "$1/pid")" 2>/dev/null; fi
      tries=$((tries + 1))
      if [ "$tries" -gt 40 ]; then exit 1; fi
      sleep 0.05 2>/dev/null || { sleep 1; tries=$((tries + 19)); }
    done
    exit 0

    """#

  /// The way in, for the account that logs in: between its two pipes, as soon as they are there. It is no script but a part of a
  /// `ProxyCommand`; see ``ControlSocketProxy/proxyCommand(running:)`` for what must not stand in it. It ends with the second sshd, and the second
  /// sshd with it.
  static func relay(_ folder: String) -> String {
    let tries = (1...60).map(String.init).joined(separator: " ")
    return "for i in \(tries); do [ -p \(folder)/out ] && break; sleep 0.1 || sleep 1; done; "
      + "[ -p \(folder)/out ] || exit 1; { cat <&3 >\(folder)/in 2>/dev/null 3<&- & } 3<&0; exec cat \(folder)/out 2>/dev/null"
  }
}
