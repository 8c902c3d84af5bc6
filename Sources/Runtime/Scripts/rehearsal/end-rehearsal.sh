# Ends a rehearsal and removes its folder.
#
# Arguments: the folder.
# Prints: the messages of the second sshd.
# Status: 1 when the folder stays.

. lib/moment.sh

cat "$1/said" 2>/dev/null
pid=
{ read -r pid <"$1/pid"; } 2>/dev/null
[ -z "$pid" ] || kill "$pid" 2>/dev/null
waited=0
# The program `run` in the folder removes it, possibly late on a busy host. After a kill of `run`, the folder stays.
while [ -d "$1" ]; do
  if [ -z "$pid" ] || ! kill -0 "$pid" 2>/dev/null; then [ ! -d "$1" ]; exit; fi
  if [ "$waited" -ge 800 ]; then exit 1; fi
  moment
done
exit 0
