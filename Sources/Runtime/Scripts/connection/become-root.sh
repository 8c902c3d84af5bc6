# Turns a channel without a terminal into root's shell.
#
# Arguments: the two halves of the word that root's shell prints when ready; the prompt for sudo to print before a
#   password; the script of root's shell, which prints that word; how to call sudo: `full`, `plain` for a sudo that has
#   no options but -u, `none` to leave it out.
# Prints: first the two halves in the other order: whatever comes later is said by the tool.
# Status: 121 to try doas, 122 to try su, both on a terminal; 123 when none of the tools is installed; 124 when the tool
#   made another account than root.
#
# The account's login shell, which may be csh or fish, reads the script in single quotes and as one line. So the script
# has no single quote, no backslash and no exclamation mark, and a blank can follow the end of each line. The word comes
# in two halves, so that a refusal by sudo, which repeats the command, does not look like success. In the prompt, `%p`
# stands for the account whose password sudo wants: with targetpw or rootpw in sudoers that is not the account's own.
# With -p, sudo would also print this prompt in place of PAM's question for a code; with SUDO_PROMPT, in place of
# PAM's question for the password alone.

. lib/path.sh

printf %s%s "$2" "$1";
u=; while read -r k _ u _; do case $k in Uid:) break ;; esac; done 2>/dev/null </proc/self/status;
if [ "${u:-$(id -u)}" = 0 ]; then printf %s%s "$1" "$2"; exec sh; fi;
if [ "$5" = full ] && command -v sudo >/dev/null 2>&1; then SUDO_PROMPT="$3%p:"; export SUDO_PROMPT; exec sudo -H -S -u root sh -c "$4"; fi;
if [ "$5" = plain ]; then exec sudo -u root sh -c "$4"; fi;
if command -v doas >/dev/null 2>&1; then exit 121; fi;
if command -v su >/dev/null 2>&1; then exit 122; fi;
exit 123;
