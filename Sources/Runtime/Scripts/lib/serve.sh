# serve VERB: reloads or restarts sshd by the first of the commands $d/VERB.N that can be run and succeeds.
# is_open: waits until sshd's port is open.

. lib/listens.sh
. lib/moment.sh

serve() {
  for f in "$d/$1".*; do
    [ -e "$f" ] || continue
    command -v "$(sed -n 2p "$f")" >/dev/null 2>&1 || continue
    sh -c "$(sed -n 1p "$f")" >/dev/null 2>&1 && return 0
  done
  return 1
}

# Up to ten seconds: after a reload the port is closed for some ten milliseconds, or for seconds on a busy host.
is_open() {
  waited=0
  while [ "$(listening)" = 'closed port' ]; do
    [ "$waited" -lt 200 ] || return 1
    moment
  done
}
