# Receives a file's new contents in a separate session, and keeps the temporary file until the session's input ends.
#
# Arguments: a word; the file's path; the number of bytes; the beginning of the names of temporary files; `beside` or
#   `apart`, see lib/temporary-file.sh.
# Input: the bytes, after `ready`; then no more bytes, and the end of the input at the end of the act.
# Prints: the word with `ready`; the word with `got` and the path of the temporary file.
# Status: 1 for an error, with a line of on_disk on standard error; 3 for a session on a terminal, since a terminal would
#   change the bytes; 4 when the input ended too early.

. lib/fail.sh
. lib/at-end.sh
. lib/temporary-file.sh

word=$1; size=$3
umask 077
[ ! -t 0 ] || exit 3

# shellcheck disable=SC2317 # at_end calls it
clean_up() { remove_temporary; }

temporary_file "$2" "$4" "$5"
at_end
printf '%s ready\n' "$word"
head -c "$size" >"$t" || fail "$t"
n=$(wc -c <"$t")
[ "$((n + 0))" = "$size" ] || exit 4
printf '%s got %s\n' "$word" "$t"
cat >/dev/null
