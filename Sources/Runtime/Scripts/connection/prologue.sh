# Makes all hosts alike: sent to a shell once, before its first script.

. lib/path.sh

unset CDPATH
