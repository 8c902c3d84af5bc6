# Runs the second sshd of a rehearsal: the program `run` in the rehearsal's folder. Ends at SIGTERM, or when the time is
# over.
#
# Arguments: sshd; the time limit in seconds; the configuration for sshd; the number of addresses to try; options for
#   sshd, one word per line, or nothing.
#
# The program owns the folder, puts its process number into `pid` there, and then closes its standard output. The file
# `tree` has the text of end-processes.sh.

. lib/moment.sh

trap '' HUP INT
exec 3>&1 >/dev/null
d=${0%/*}; sshd=$1; seconds=$2; config=$3; wanted=$4; arguments=$5
newline='
'
b=

end() {
  trap '' TERM
  # This sshd has neither a pid file nor children, and must end at once.
  [ -z "$b" ] || kill -9 "$b" 2>/dev/null
  [ -e "$d/over" ] || sh "$d/tree" "$p"
  kill "$p" "$s" 2>/dev/null
  # Otherwise a process waiting for the other end of a pipe would wait for ever.
  true 2>/dev/null 3<>"$d/in" 4<>"$d/out"
  # Otherwise a process about to end might put a file into the folder during its removal.
  wait "$p"
  rm -rf "$d"
  exit 0
}

has_said() { [ "$(grep -c -e '^Server listening on ' -e '^Bind to port ' "$d/bind")" -ge "$wanted" ]; }

IFS=$newline; set -f
# shellcheck disable=SC2086 # One word per line. Of several values of an option, sshd takes the first.
{ "$sshd" -i -e -o LogLevel=VERBOSE $arguments -f "$config" <"$d/in" >"$d/out" 2>"$d/said"; : >"$d/over"; } 3>&- &
p=$!
sleep "$seconds" 3>&- &
s=$!
trap end TERM
echo $$ >"$d/pid"
exec 3>&-
if [ "$wanted" -gt 0 ]; then
  # shellcheck disable=SC2086
  "$sshd" -D -e -o PidFile=none $arguments -f "$config" </dev/null >"$d/bind" 2>&1 &
  b=$!
  waited=0
  while ! has_said && kill -0 "$b" 2>/dev/null && [ "$waited" -lt 200 ]; do moment; done
  kill -9 "$b" 2>/dev/null
  wait "$b" 2>/dev/null
  b=
  # Too slow, or dead: perhaps just after its last message.
  has_said || echo 'nothing said' >>"$d/bind"
  mv "$d/bind" "$d/bound"
fi
wait "$s"
end
