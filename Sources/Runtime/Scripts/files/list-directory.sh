# Lists a directory.
#
# Arguments: the path.
# Prints: the names in the directory, one per line.

ls -A "$1"
