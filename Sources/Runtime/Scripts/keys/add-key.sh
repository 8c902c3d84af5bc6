# Adds a key to the agent.
#
# Arguments: the path of the private key; the seconds after which the agent forgets the key, or nothing; `yes` to keep
#   the passphrase in the keychain of a Mac, or nothing; `ask` for a key with a passphrase, or nothing.
# Input: the passphrase, one line per prompt; see make-key.sh.
# Status: that of ssh-add.
#
# The keychain's option has this name since macOS 12. Before, the name was `-K`, now an option with another meaning.

. lib/askpass.sh

p=$1; chain=$3; ask=$4
if [ -n "$2" ]; then set -- -t "$2"; else set --; fi
if [ -n "$chain" ] && command -v sw_vers >/dev/null 2>&1; then
  v=$(sw_vers -productVersion); v=${v%%.*}
  if [ "$v" -ge 12 ]; then set -- "$@" --apple-use-keychain; else set -- "$@" -K; fi
fi
if [ -z "$ask" ]; then
  SSH_ASKPASS_REQUIRE=never ssh-add "$@" "$p" </dev/null
  exit
fi
make_askpass
SSH_ASKPASS=$askpass/ask SSH_ASKPASS_REQUIRE=force DISPLAY=${DISPLAY:-:0} ssh-add "$@" "$p"
