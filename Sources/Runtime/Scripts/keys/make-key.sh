# Makes a key pair.
#
# Arguments: the path of the private key; the type; bits, or nothing; the comment; `ask` for a passphrase, or nothing.
# Input: the passphrase, twice, each on its own line.
# Prints: the lines of `show_key`.
# Status: 91 when the path is taken; 1 when the key could not be made.
#
# ssh-keygen takes a passphrase from its arguments, a terminal, or the program in SSH_ASKPASS, here $askpass/ask.
# DISPLAY is for OpenSSH before 8.4, which runs the program only with a display. If the program cannot be run,
# ssh-keygen goes on with an empty passphrase: hence the check at the end.

. lib/show-key.sh
. lib/askpass.sh

umask 077
for f in "$1" "$1.pub"; do
  if [ -e "$f" ] || [ -L "$f" ]; then echo "$f is there already" >&2; exit 91; fi
done
p=$1; t=$2; b=$3; c=$4; ask=$5
if [ -n "$b" ]; then set -- -b "$b"; else set --; fi
if [ -z "$ask" ]; then
  ssh-keygen -q -t "$t" "$@" -N '' -C "$c" -f "$p" </dev/null || exit 1
else
  make_askpass
  SSH_ASKPASS=$askpass/ask SSH_ASKPASS_REQUIRE=force DISPLAY=${DISPLAY:-:0} \
    ssh-keygen -q -t "$t" "$@" -C "$c" -f "$p" || exit 1
  if ssh-keygen -y -P '' -f "$p" >/dev/null 2>&1 </dev/null; then
    rm -f "$p" "$p.pub"
    echo 'ssh-keygen did not take the passphrase' >&2
    exit 1
  fi
fi
chmod 644 "$p.pub"
show_key "$p"
