# Checks that a program on the host listens at a TCP port.
#
# Arguments: the port.
# Status: 0 if so.

. lib/listens.sh

if [ -r /proc/net/tcp ]; then listens "$1"
else netstat -an | grep -E "[.:]$1[[:space:]]" | grep -q LISTEN
fi
