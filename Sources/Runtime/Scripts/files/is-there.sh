# Checks that a path, or the target of a link, exists.
#
# Arguments: the path.
# Status: 0 if so.

[ -e "$1" ]
