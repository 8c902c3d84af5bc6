# Finds the lines of a known_hosts file for a name, hashed names included.
#
# Arguments: the name, as the file has it; the file.
# Prints: the lines.

ssh-keygen -F "$1" -f "$2" 2>/dev/null
