# Keeps the second sshd of a rehearsal: the program `run` in its folder. It ends at SIGTERM, or when its time is over.
#
# Arguments: sshd; the seconds that all of it may live; the configuration that sshd reads; how many addresses are to
#   be tried.
#
# It owns the folder, and says so in `pid` there. Beside it lies `tree`, the text of end-processes.sh.

. lib/moment.sh

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
  waited=0
  while ! has_said && kill -0 "$b" 2>/dev/null && [ "$waited" -lt 200 ]; do moment; done
  kill -9 "$b" 2>/dev/null
  wait "$b" 2>/dev/null
  b=
  # Too slow, or dead: it may also have said the last of it just now.
  has_said || echo 'nothing said' >>"$d/bind"
  mv "$d/bind" "$d/bound"
fi
wait "$s"
end
