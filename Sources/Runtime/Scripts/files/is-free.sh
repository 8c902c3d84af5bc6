# Checks that the account can make a new file.
#
# Arguments: its path; its directory.
# Status: 0 when it can.

[ ! -e "$1" ] && [ -w "$2" ]
