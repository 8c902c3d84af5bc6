# Starts a rehearsal: a second sshd that reads a candidate and serves one login. Runs as root.
#
# Arguments: the rehearsal's folder; the login's account; the time limit in seconds; sshd; the number of the candidate's
#   files; `listen` to try the candidate's ports, or nothing; the configuration for sshd if there are no files; the
#   texts of rehearse.sh and end-processes.sh; options for sshd, one word per line, or nothing.
# Input: the candidate, each line preceded by the number of its file. Number 0 is the main file.
# Prints: `bind TEXT` with sshd's messages about its ports, and `bind nothing said` at the end if a message is missing.
# Status: 0 once sshd waits for the login.
#
# The second sshd has two pipes in place of a socket (`sshd -i`). A port on the loopback would be open to all users of
# the host, and would require AllowTcpForwarding, which some systems forbid and the candidate itself may change. The
# second sshd keeps the program name of the first, since PAM looks for its service by this name.

. lib/at-end.sh
. lib/moment.sh

d=$1; account=$2; seconds=$3; sshd=$4; files=$5; listen=$6; config=$7; run=$8; tree=$9
shift 9; arguments=$1
newline='
'
LC_ALL=C; export LC_ALL
umask 077
mkdir -m 711 "$d" || exit 1

clean_up() { rm -rf "$d"; }

at_end
i=0
while [ "$i" -lt "$files" ]; do
  : >"$d/$i" || exit 1
  i=$((i + 1)); config=$d/0
done
while IFS= read -r line; do printf '%s\n' "${line#* }" >>"$d/${line%% *}" || exit 1; done
if [ -d /run ] && [ ! -d /run/sshd ] && "$sshd" -t -f "$config" 2>&1 | grep -q 'directory: /run/sshd'; then
  mkdir -m 0755 /run/sshd
fi
wanted=0
oldifs=$IFS; IFS=$newline; set -f
# Any connection will do: no Match decides about addresses, but sshd asks for one where there are some.
# shellcheck disable=SC2086 # One word per line.
[ -z "$listen" ] ||
  wanted=$("$sshd" -T $arguments -f "$config" -C user=root,host=127.0.0.1,addr=127.0.0.1,laddr=127.0.0.1,lport=22 \
    2>/dev/null | grep -c '^listenaddress ')
IFS=$oldifs; set +f
# The login starts when the account owns `out`, and by then also `in`.
mkfifo "$d/in" "$d/out" && chown "$account" "$d/in" "$d/out" || exit 1
printf '%s' "$run" >"$d/run"
printf '%s' "$tree" >"$d/tree"
# `run` closes its output once `pid` is there, which ends the wait, as its death would.
: "$(
  if command -v setsid >/dev/null 2>&1; then
    setsid sh "$d/run" "$sshd" "$seconds" "$config" "$wanted" "$arguments" </dev/null 2>/dev/null &
  else
    (sh "$d/run" "$sshd" "$seconds" "$config" "$wanted" "$arguments" </dev/null 2>/dev/null &)
  fi
)"
# From here on, `run` removes the folder, so it must be running.
[ -s "$d/pid" ] || { echo 'a second sshd was not started' >&2; exit 1; }
not_at_end

# comes FILE MOMENTS: whether the file gets contents within this number of twentieths of a second.
comes() {
  waited=0
  until [ -s "$1" ]; do
    if [ ! -d "$d" ] || [ "$waited" -ge "$2" ]; then return 1; fi
    moment
  done
}

if [ "$wanted" -gt 0 ]; then
  { comes "$d/bound" 800 && cat "$d/bound" || echo 'nothing said'; } | sed 's/^/bind /'
fi
