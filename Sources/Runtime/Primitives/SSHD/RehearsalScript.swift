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
  /// Ends with 0 once sshd waits; prints `bind TEXT` with what sshd said of its ports.
  static let start = #"""
    d=$1; account=$2; seconds=$3; sshd=$4; files=$5; listen=$6; config=$7
    LC_ALL=C; export LC_ALL
    umask 077
    mkdir "$d" || exit 1
    trap 'rm -rf "$d"' EXIT
    trap 'exit 1' HUP INT TERM
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
    # The way in begins when `out` is there; by then both must be the account's.
    mkfifo "$d/in" "$d/next" && chown "$account" "$d/in" "$d/next" && mv "$d/next" "$d/out" || exit 1
    if [ -n "$listen" ]; then
      wanted=$("$sshd" -T -f "$config" 2>/dev/null | grep -c '^listenaddress ')
      "$sshd" -D -e -f "$config" -o PidFile=none </dev/null >"$d/bind" 2>&1 &
      p=$!
      i=0
      while [ "$i" -lt 40 ] && kill -0 "$p" 2>/dev/null; do
        seen=$(grep -c -e '^Server listening on ' -e '^Bind to port ' "$d/bind")
        [ "$seen" -lt "$wanted" ] || break
        sleep 0.05 2>/dev/null || { sleep 1; i=$((i + 19)); }
        i=$((i + 1))
      done
      # It has no pid file, and no child; and it must not take its time.
      kill -9 "$p" 2>/dev/null
      wait "$p" 2>/dev/null
      sed 's/^/bind /' "$d/bind"
    fi
    cat >"$d/run" <<'RUN'
    trap '' HUP INT
    d=${0%/*}
    end() {
      trap '' TERM
      [ -e "$d/over" ] || sh "$d/tree" "$p"
      kill "$p" "$s" 2>/dev/null
      # Whoever still waits for the other end of a pipe would wait for ever.
      true 2>/dev/null 3<>"$d/in" 4<>"$d/out"
      rm -rf "$d"
      exit 0
    }
    { "$1" -i -e -f "$3" -o LogLevel=VERBOSE <"$d/in" >"$d/out" 2>"$d/said"; : >"$d/over"; } &
    p=$!
    sleep "$2" &
    s=$!
    trap end TERM
    echo $$ >"$d/pid"
    wait "$s"
    end
    RUN
    cat >"$d/tree" <<'TREE'
    \#(ProcessTree.end)
    TREE
    if command -v setsid >/dev/null 2>&1; then
      setsid sh "$d/run" "$sshd" "$seconds" "$config" </dev/null >/dev/null 2>&1 &
    else
      (sh "$d/run" "$sshd" "$seconds" "$config" </dev/null >/dev/null 2>&1 &)
    fi
    trap - EXIT

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
  /// `ProxyCommand`; see ``Passage/proxyCommand(running:)`` for what must not stand in it. It ends with the second sshd, and the second
  /// sshd with it.
  static func relay(_ folder: String) -> String {
    let tries = (1...60).map(String.init).joined(separator: " ")
    return "for i in \(tries); do [ -p \(folder)/out ] && break; sleep 0.1 || sleep 1; done; "
      + "[ -p \(folder)/out ] || exit 1; { cat <&3 >\(folder)/in 2>/dev/null 3<&- & } 3<&0; exec cat \(folder)/out 2>/dev/null"
  }
}
