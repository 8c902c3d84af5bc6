# Runs the second sshd of a rehearsal: the program `run` in the rehearsal's folder. Ends at SIGTERM, or when the time is
# over.
#
# Arguments: sshd; the time limit in seconds; the configuration for sshd; the number of addresses to try.
#
# The program owns the folder, and puts its process number into `pid` there. The file `tree` has the text of
# end-processes.sh.

. lib/moment.sh

trap '' HUP INT
d=${0%/*}; sshd=$1; seconds=$2; config=$3; wanted=$4
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

{ "$sshd" -i -e -f "$config" -o LogLevel=VERBOSE <"$d/in" >"$d/out" 2>"$d/said"; : >"$d/over"; } &
p=$!
sleep "$seconds" &
s=$!
trap end TERM
echo $$ >"$d/pid"
if [ "$wanted" -gt 0 ]; then
  "$sshd" -D -e -f "$config" -o PidFile=none </dev/null >"$d/bind" 2>&1 &
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
