# Finds the lines of a known_hosts file for a name, including hashed names.
#
# Arguments: the name, in the file's form; the file.
# Prints: the lines.

ssh-keygen -F "$1" -f "$2" 2>/dev/null
