# Checks that the account may read a file.
#
# Arguments: the path.
# Status: 0 if so.

[ -r "$1" ]
