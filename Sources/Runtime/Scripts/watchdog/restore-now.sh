# Lets one watchdog restore at once.
#
# Arguments: its folder.
# Prints: `restored PATH`.
# Status: 93 when that was done already; 1 when something could not be restored.

. lib/put-back.sh

put_back "$1"
