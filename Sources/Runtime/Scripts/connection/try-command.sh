# Runs a recipe's own command and drops its standard output.
#
# Arguments: the command.
# Status: that of the command.

exec sh -c "$1" >/dev/null
