# Prints the newest lines of sshd's log, and follows the log for a while.
#
# Arguments: the number of lines; the seconds to follow; the text to match, or nothing; four words per source, the best
#   source first: `file` or `command`, the file or command, the command to follow with, the required program.
# Prints: `missing SOURCE`, `denied SOURCE` or `empty SOURCE` for each source without lines; `source SOURCE` and the
#   lines.
#
# Files contain lines of other programs, too, so only sshd's count; since OpenSSH 9.8 connections write as
# `sshd-session`, since 10.0 also as `sshd-auth`. A journal shows an unprivileged account only its own lines, with a
# hint on standard error alone.

n=$1; seconds=$2; match=$3; shift 3
LC_ALL=C; export LC_ALL
idents='(^|[[:space:]/])(sshd(-session|-auth)?|dropbear)(\[|:)'

newest() {
  if [ -n "$match" ]; then grep -F -e "$match" | tail -n "$n"; else tail -n "$n"; fi
}

many=$n
[ -z "$match" ] || many=10000
while [ "$#" -ge 4 ]; do
  kind=$1; what=$2; follow=$3; needs=$4; shift 4
  if [ "$kind" = file ]; then
    if [ ! -e "$what" ]; then echo "missing $what"; continue; fi
    if [ ! -r "$what" ]; then echo "denied $what"; continue; fi
    found=$(grep -aE "$idents" "$what" 2>/dev/null | newest)
  else
    if ! command -v "$needs" >/dev/null 2>&1; then echo "missing $what"; continue; fi
    all=$({ sh -c "$what" tail "$many" 2>&1 >&3 3>&- | sed 's/^/stderr: /'; } 3>&1)
    why=$(printf '%s\n' "$all" | grep '^stderr: ')
    found=$(printf '%s\n' "$all" | grep -v '^stderr: ' | newest)
    case $why in
      *"insufficient permissions"* | *"not seeing messages"* | *"ermission denied"* | *"not permitted"*)
        echo "denied $what"; continue ;;
    esac
  fi
  case $found in
    '' | *"No entries"*) [ "$seconds" -gt 0 ] || { echo "empty $what"; continue; } ;;
  esac
  echo "source $what"
  printf '%s\n' "$found"
  if [ "$seconds" -gt 0 ]; then
    if [ "$kind" = file ]; then
      tail -n 0 -f "$what" & p=$!
    elif [ -n "$follow" ]; then
      sh -c "exec $follow" & p=$!
    else
      p=
    fi
    sleep "$seconds"
    if [ -n "$p" ]; then
      kill -9 "$p" 2>/dev/null
      wait "$p" 2>/dev/null
    else
      sh -c "$what" tail "$many" 2>/dev/null | newest
    fi
  fi
  exit 0
done
exit 0
