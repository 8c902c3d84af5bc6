# Finds out whether a directory is empty.
#
# Arguments: the path.
# Prints: one of the names in the directory, if any.
# shellcheck disable=SC2012 # names are not looked at

ls -A "$1" 2>/dev/null | head -n 1
