/// Ends everything below one process on a host.
package enum ProcessTree {
  /// `$1` is the process whose descendants are ended.
  ///
  /// `ps -o` is not there on every BusyBox, so `/proc` is read where there is one. A process may call itself
  /// anything, parentheses included, hence the cut at the last one. All are stopped before any is ended: a loop
  /// whose `sleep` dies first would otherwise start the next one, which nobody would then find.
  package static let end = """
    # shellcheck disable=SC2086 # lists of numbers are split on purpose
    pairs() {
      if [ -r /proc/self/stat ]; then
        for stat in /proc/[0-9]*/stat; do
          line=
          read -r line <"$stat" || continue
          after=${line##*) }
          set -- $after
          echo "${line%% *}:${2-}"
        done
      else
        ps -A -o pid= -o ppid= | while read -r pid parent; do echo "$pid:$parent"; done
      fi 2>/dev/null
    }
    grow() {
      list=$(pairs)
      grew=1
      while [ -n "$grew" ]; do
        grew=
        for pair in $list; do
          case $found in
            *" ${pair#*:} "*)
              case $found in
                *" ${pair%%:*} "*) ;;
                *) found="$found${pair%%:*} "; grew=1 ;;
              esac ;;
          esac
        done
      done
    }
    stop() {
      before=
      while [ "$found" != "$before" ]; do
        before=$found
        grow
        below=${found#" $shell "}
        [ -n "$below" ] && kill -STOP $below 2>/dev/null
      done
    }
    remaining() {
      left=
      for pid in $below; do kill -0 "$pid" 2>/dev/null && left="$left$pid "; done
      [ -n "$left" ]
    }
    shell=$1
    found=" $shell "
    stop
    [ -n "$below" ] || exit 0
    kill -TERM $below 2>/dev/null
    kill -CONT $below 2>/dev/null
    tries=0
    while remaining && [ $tries -lt 10 ]; do
      sleep 0.1 2>/dev/null || { sleep 1; tries=$((tries + 9)); }
      tries=$((tries + 1))
    done
    remaining || exit 0
    found=" $shell $left"
    stop
    kill -KILL $below 2>/dev/null
    exit 0
    """

  static func script(endingChildrenOf process: Int32) -> Script {
    Script("end what ran too long", end, ["\(process)"], timeout: .seconds(10))
  }
}
