/// Runs a command of the recipe's author, of which nobody knows what it does, and looks whether it changed anything that a
/// login depends on. If it did, a watchdog is at work before the script ends, also where nobody waits for it any more.
enum GuardScript {
  /// As the arguments of ``WatchdogScript/begin``, with a word before them that marks the report, `run`, or `resume` where
  /// an earlier one was cut off; after them the command's own script and its arguments.
  ///
  /// The report stands at the end of standard error, and only where something was changed: an empty line, the mark with
  /// the watchdog's folder, the paths, the mark with `end`.
  static let text = script(patience: 20)

  /// Where an earlier one is still at work: its process and its folder are printed, and nothing is touched.
  static let stillAtWork: Int32 = 95

  /// - Parameter patience: how many seconds to wait for an earlier one. A command whose link is gone ends within a few.
  static func script(patience: Int) -> String {
    begin + "else\nmost=\(patience * 10)\n" + resume + BackupScript.functions + BackupScript.survey + work
  }

  private static let begin = #"""
    LC_ALL=C; export LC_ALL
    mask=$(umask)
    umask 077
    mark=$1; verb=$2; d=$3; word=$4; limit=$5; port=$6; shift 7
    # $1 a file with the number of a process.
    at_work() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }
    if [ "$verb" = run ]; then
      # What a run has left that ended with the host. Where there is a word, a watchdog has something to decide.
      for old in "${d%/*}"/.ssh-recipes.* /tmp/.ssh-recipes.*; do
        if [ ! -L "$old" ] && [ -O "$old" ] && [ -s "$old/guard" ] && [ ! -e "$old/word" ] &&
          ! at_work "$old/guard" && ! at_work "$old/pid"; then rm -rf "$old"; fi
      done
      trap 'trap "" HUP INT TERM PIPE; rm -rf "$d"; exit 1' HUP INT TERM
      # Where nothing can be written, /tmp will do: the copy is not for long.
      mkdir "$d" 2>/dev/null || { d=/tmp/${d##*/}; mkdir "$d" || exit 1; }
      # Of this very script: it need not have a shell of its own.
      sh -c 'echo "$PPID"' >"$d/guard"

    """# + WatchdogScript.lists

  private static let resume = #"""
      [ -d "$d" ] || d=/tmp/${d##*/}
      tries=0
      while at_work "$d/guard"; do
        tries=$((tries + 1))
        if [ "$tries" -gt "$most" ]; then
          printf '%s %s\n' "$(cat "$d/guard")" "$d"
          exit 95
        fi
        sleep 0.1 2>/dev/null || { sleep 1; tries=$((tries + 9)); }
      done
      [ -d "$d" ] || exit 0
      # The command had not begun.
      [ -e "$d/before" ] || { rm -rf "$d"; exit 0; }
    fi

    """#

  private static let work =
    "keep_all() {\n" + BackupScript.image + "}\n" + "programs() {\n" + WatchdogScript.files + "}\n" + "start() {\n"
    + WatchdogScript.start + "}\n" + #"""
      status=0
      if [ "$verb" = run ]; then
        text=$1; shift
        if ! (keep_all && programs && survey >"$d/looked" && mv "$d/looked" "$d/before"); then
          rm -rf "$d"
          echo 'what logins depend on could not be copied, so nothing was run; is the disk full?' >&2
          exit 1
        fi
        # Handlers and not "ignore", which the command would inherit: what follows must be done when the link is gone.
        trap : HUP INT TERM PIPE
        (umask "$mask"; exec sh -c "$text" sh "$@")
        status=$?
      fi
      # Whoever takes the terminal away hangs up on all that still runs in it. A look that is cut short would tell of changes
      # that are none.
      trap '' HUP INT TERM PIPE
      survey >"$d/after"
      if cmp -s "$d/before" "$d/after"; then
        rm -rf "$d"
        exit "$status"
      fi
      # The watchdog is ended by these.
      trap : TERM PIPE
      if [ -e "$d/word" ] && at_work "$d/pid"; then : >"$d/again"; else (start); fi
      {
        printf '\n%s %s\n' "$mark" "$d"
        awk 'NR == FNR { seen[$0] = 1; next } !($0 in seen) { print $NF }' "$d/before" "$d/after"
        awk 'NR == FNR { seen[$0] = 1; next } !($0 in seen) { print $NF }' "$d/after" "$d/before"
        printf '%s end\n' "$mark"
      } >&2
      exit "$status"

      """#
}
