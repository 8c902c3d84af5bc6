# Makes one watchdog restore at once.
#
# Arguments: the watchdog's folder.
# Prints: `restored PATH`.
# Status: 93 if the watchdog has restored already; 1 if a file could not be restored.

. lib/put-back.sh

put_back "$1"
