# Finds out whether a directory is empty.
#
# Arguments: its path.
# Prints: one of the names in it, where there are any.
# shellcheck disable=SC2012 # names are not looked at

ls -A "$1" 2>/dev/null | head -n 1
