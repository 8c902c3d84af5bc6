# Checks that the account can make a new file.
#
# Arguments: the file's path; the directory.
# Status: 0 if so.

[ ! -e "$1" ] && [ -w "$2" ]
