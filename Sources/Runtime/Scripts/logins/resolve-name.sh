# Asks the ssh of this computer for the name that it would connect to.
#
# Arguments: the host as the user writes it; the port.
# Prints: the lines `hostname NAME` and `hostkeyalias NAME` of `ssh -G`.

ssh -G -p "$2" -- "$1" 2>/dev/null | grep -i -e '^hostname ' -e '^hostkeyalias '; exit 0
