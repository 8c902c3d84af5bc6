# Runs two scripts in one round trip, the second after success of the first.
#
# Arguments: the text of the first script; a word; the text of the second script, and its arguments as words of sh; the
#   arguments of the first script.
# Input: that of either script.
# Prints: the output of the first script; a line with the word; the output of the second script.
# Status: the status of the first script.

both_first=$1 both_word=$2 both_second=$3 both_words=$4
shift 4
(eval "$both_first") || exit
printf '\n%s\n' "$both_word"
# What the first script has done stays done, however the second one ends.
trap 'exit 0' EXIT
eval "set -- $both_words
$both_second"
exit 0
