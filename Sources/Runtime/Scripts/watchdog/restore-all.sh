# Makes watchdogs restore at once.
#
# Arguments: the watchdogs' folders; most of them do not exist.
# Prints: `restored PATH`.
# Status: 1 if a watchdog could not restore everything.

. lib/put-back.sh

failed=0
for d do
  put_back "$d" || [ "$?" = 93 ] || failed=1
done
exit "$failed"
