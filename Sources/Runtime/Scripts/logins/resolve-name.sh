# Asks the ssh of this computer for the name behind an alias.
#
# Arguments: the host as written by the user; the port.
# Prints: the lines `hostname NAME` and `hostkeyalias NAME` of `ssh -G`.

ssh -G -p "$2" -- "$1" 2>/dev/null | grep -i -e '^hostname ' -e '^hostkeyalias '; exit 0
