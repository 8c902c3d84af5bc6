enum SSHDReloadScript {
  /// `$1` how many paths of sshd follow, the paths, then a command and what it needs, again and again. Runs as root.
  ///
  /// Prints `refused` and why if `sshd -t` says no, `ran COMMAND`, `failed COMMAND` with what it said, `none` where no
  /// command is there, `port PORT` for each that sshd shall listen at, and whether they are listened at: `listening`, or
  /// `silent PORT`. The kernel's table is
  /// asked for that: a connection of our own would count as an unfinished login (PerSourcePenalties). After a reload the
  /// port is closed for some ten milliseconds.
  static let text = #"""
    LC_ALL=C; export LC_ALL
    n=$1; shift
    sshd=
    while [ "$n" -gt 0 ]; do
      if [ -z "$sshd" ] && [ -x "$1" ]; then sshd=$1; fi
      n=$((n - 1)); shift
    done
    [ -n "$sshd" ] || sshd=$(command -v sshd)
    if [ -n "$sshd" ]; then
      if [ -d /run ] && [ ! -d /run/sshd ] && "$sshd" -t 2>&1 | grep -q 'directory: /run/sshd'; then
        mkdir -m 0755 /run/sshd
      fi
      if ! why=$("$sshd" -t 2>&1); then
        echo refused
        printf '%s\n' "$why"
        exit 0
      fi
    fi
    ports=
    if [ -n "$sshd" ] && [ -r /proc/net/tcp ]; then
      ports=$("$sshd" -T 2>/dev/null | sed -n 's/^listenaddress .*:\([0-9]*\)$/\1/p' | sort -un)
    fi
    for port in $ports; do printf 'port %s\n' "$port"; done
    ran=
    while [ "$#" -ge 2 ]; do
      command=$1; needs=$2; shift 2
      command -v "$needs" >/dev/null 2>&1 || continue
      if why=$(sh -c "$command" 2>&1); then ran=$command; break; fi
      printf 'failed %s\n' "$command"
      printf '%s\n' "$why" | sed 's/^/| /'
    done
    if [ -z "$ran" ]; then echo none; exit 0; fi
    printf 'ran %s\n' "$ran"
    tries=0
    for port in $ports; do
      hex=$(printf ':%04X' "$port")
      until cat /proc/net/tcp /proc/net/tcp6 2>/dev/null |
        awk -v p="$hex" '$4 == "0A" && substr($2, length($2) - 4) == p { found = 1 } END { exit !found }'; do
        tries=$((tries + 1))
        if [ "$tries" -gt 40 ]; then printf 'silent %s\n' "$port"; exit 0; fi
        sleep 0.05 2>/dev/null || { sleep 1; tries=$((tries + 19)); }
      done
    done
    echo listening

    """#
}
