# Makes a directory.
#
# Arguments: its path; its mode, in octal.
# Prints: its line of `ls -ldn`.
# Status: 91 when the path is taken; 1 when it failed; standard error then has a line of on_disk.

. lib/fail.sh

if [ -e "$1" ] || [ -L "$1" ]; then exit 91; fi
mkdir -m "$2" "$1" || fail "$1"
ls -ldn "$1"
