# Checks that the account may read a file.
#
# Arguments: its path.
# Status: 0 when it may.

[ -r "$1" ]
