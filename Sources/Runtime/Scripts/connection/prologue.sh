# Makes all hosts alike: sent to a shell once, before its first script.
#
# The account's environment is not trusted: these variables change the output of ls, df, wc and grep, or their options.

. lib/path.sh

unset CDPATH TIME_STYLE QUOTING_STYLE BLOCK_SIZE BLOCKSIZE LS_BLOCK_SIZE DF_BLOCK_SIZE DU_BLOCK_SIZE TABSIZE COLUMNS
unset POSIXLY_CORRECT GREP_OPTIONS GREP_COLOR GREP_COLORS LS_COLORS
