# Checks that a path, or the target of the link there, exists.
#
# Arguments: the path.
# Status: 0 when it does.

[ -e "$1" ]
