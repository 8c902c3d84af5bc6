# Ends a rehearsal and removes its folder.
#
# Arguments: the folder.
# Prints: the messages of the second sshd.
# Status: 1 when the folder stays.

. lib/moment.sh

cat "$1/said" 2>/dev/null
waited=0
while [ -d "$1" ]; do
  if [ "$waited" = 0 ] && [ -s "$1/pid" ]; then kill "$(cat "$1/pid")" 2>/dev/null; fi
  if [ "$waited" -ge 40 ]; then exit 1; fi
  moment
done
exit 0
