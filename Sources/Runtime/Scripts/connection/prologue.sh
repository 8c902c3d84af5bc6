# Makes all hosts alike: sent to a shell once, before its first script.
#
# The account's environment is not trusted: these variables change the output of ls, df, wc and grep, or their options,
# and bash takes functions from the environment under any name.

. lib/path.sh

unset CDPATH TIME_STYLE QUOTING_STYLE BLOCK_SIZE BLOCKSIZE LS_BLOCK_SIZE DF_BLOCK_SIZE DU_BLOCK_SIZE TABSIZE COLUMNS
unset POSIXLY_CORRECT GREP_OPTIONS GREP_COLOR GREP_COLORS LS_COLORS
unset -f ls cat sed awk head wc tr cut id rm mv ln mkdir chmod chown grep printf 2>/dev/null
