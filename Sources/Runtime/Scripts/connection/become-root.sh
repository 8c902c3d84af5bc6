# Turns a channel without a terminal into a shell of root's.
#
# Arguments: the two halves of the word that root's shell prints once it is there; the prompt that sudo prints before
#   it reads a password.
# Status: 121 when doas is to be asked, 122 when su is to be asked, both on a terminal; 123 when none of the tools is
#   there.
#
# The account's login shell, which may be csh or fish, reads the script in single quotes and as one line. So it has no
# single quote, no backslash and no exclamation mark, and every line ends in a way that the next one can follow after
# a blank. The word comes in two halves, so that a refusal of sudo's, which repeats the command, is not taken for
# success.

. lib/path.sh

if [ "$(id -u)" = 0 ]; then printf %s%s "$1" "$2"; exec sh; fi;
if command -v sudo >/dev/null 2>&1; then exec sudo -H -S -p "$3" sh -c "printf %s%s $1 $2; exec sh"; fi;
if command -v doas >/dev/null 2>&1; then exit 121; fi;
if command -v su >/dev/null 2>&1; then exit 122; fi;
exit 123;
