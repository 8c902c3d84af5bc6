# Ends the SSH session of a shell that holds the lock of a run that has ended. A connection that is lost without a word lives
# on for hours on the host, since the host has nothing to send.
#
# Arguments: the process of the shell; its birth, as in the lock.
# Status: 0.
#
# At its end, the shell itself releases the lock.

. lib/birth.sh
. lib/moment.sh
. lib/process.sh

left() { birth_of "$1"; [ -n "$birth" ] && [ "$birth" = "$2" ]; }

left "$@" || exit 0
session=
pid=$1
while [ -z "$session" ] && [ -n "$pid" ] && [ "$pid" -gt 1 ]; do
  # Not a session's process of root's: the process of the account ends that one too.
  if is_session "$pid"; then session=$pid; fi
  look_at "$pid"
  pid=$parent
done
# Other servers than OpenSSH give their sessions no title.
kill -TERM "${session:-$1}" 2>/dev/null
waited=0
while left "$@" && [ "$waited" -lt 40 ]; do moment; done
! left "$@" || kill -KILL "$1" 2>/dev/null
exit 0
