# Receives a file's new contents on a session of their own, and keeps them until the session's input ends.
#
# Arguments: a word; the file's path; the number of bytes; the beginning of the names of temporary files; `beside` or
#   `apart`, see lib/temporary-file.sh.
# Input: the bytes, once the script is ready for them; then nothing, and its end at the end of the act.
# Prints: the word with `ready`; the word with `got` and the path of the temporary file.
# Status: 1 for an error, with a line of on_disk on standard error; 3 where the session has a terminal, which would change
#   the bytes; 4 when the input ended too early.

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
