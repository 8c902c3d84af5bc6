# The way in to a rehearsal, for the account that logs in: relays between its two pipes, as soon as they are there. It
# ends with the second sshd, and the second sshd with it.
#
# It is part of a ProxyCommand, which both the user's own shell here, of any kind, and the account's shell on the host
# read. So it is sent as one line, has no quote, dollar sign, backquote, backslash or exclamation mark, and takes no
# arguments: FOLDER stands for the rehearsal's folder.
# shellcheck disable=SC2034 # nothing needs the number of a try

for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60; do
  [ -p FOLDER/out ] && break; sleep 0.1 || sleep 1;
done;
[ -p FOLDER/out ] || exit 1;
{ cat <&3 >FOLDER/in 2>/dev/null 3<&- & } 3<&0;
exec cat FOLDER/out 2>/dev/null
