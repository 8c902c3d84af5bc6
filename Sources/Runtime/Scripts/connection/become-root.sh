# Turns a channel without a terminal into root's shell.
#
# Arguments: the two halves of the word that root's shell prints when ready; the prompt for sudo to print before a
#   password.
# Status: 121 to try doas, 122 to try su, both on a terminal; 123 when none of the tools is installed.
#
# The account's login shell, which may be csh or fish, reads the script in single quotes and as one line. So the script
# has no single quote, no backslash and no exclamation mark, and a blank can follow the end of each line. The word comes
# in two halves, so that a refusal by sudo, which repeats the command, does not look like success.

. lib/path.sh

if [ "$(id -u)" = 0 ]; then printf %s%s "$1" "$2"; exec sh; fi;
if command -v sudo >/dev/null 2>&1; then exec sudo -H -S -p "$3" sh -c "printf %s%s $1 $2; exec sh"; fi;
if command -v doas >/dev/null 2>&1; then exit 121; fi;
if command -v su >/dev/null 2>&1; then exit 122; fi;
exit 123;
