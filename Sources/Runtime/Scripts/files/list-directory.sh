# Lists a directory.
#
# Arguments: its path.
# Prints: the names in it, one per line.

ls -A "$1"
