# shellcheck shell=sh
# tuned: one session with the job as one script, and one new login with the key, per host, all side by side.
# floor: the same without the login where the session proved the key already, X25519 alone, and TCP_NODELAY.
# plain: one ssh per step, as one would type them.
# login: one ssh, which lets the key in and at the second turn does nothing.
#
# Arguments: the way; first or second; the folder of the jobs; the cache; hosts.
way=$1 turn=$2 jobs=$3 cache=$4
shift 4
key=$(cat ~/.ssh/id_ed25519.pub)
export SSH_ASKPASS="$jobs/password.sh" SSH_ASKPASS_REQUIRE=force
opts="-oLogLevel=ERROR"
if [ "$way" = floor ]; then
  opts="$opts -oKexAlgorithms=curve25519-sha256 -oProxyUseFdpass=yes"
fi

# shellcheck disable=SC2029 # the words are meant for the host
to() {
  host=$1; shift
  # shellcheck disable=SC2086 # options are words
  if [ "$way" = floor ]; then ssh $opts -o "ProxyCommand=$cache/fdpass %h %p" "$host" "$@"; else ssh $opts "$host" "$@"; fi
}
proof() { to "$1" -oBatchMode=yes true; }
retry() { for _ in 1 2 3 4 5 6 7 8; do proof "$1" && return; sleep 0.05; done; return 1; }

one() {
  case $way in
    plain)
      to "$1" 'chmod go-w ~' && to "$1" 'mkdir -p ~/.ssh && chmod 700 ~/.ssh' &&
        to "$1" "grep -qxF '$key' ~/.ssh/authorized_keys 2>/dev/null || echo '$key' >>~/.ssh/authorized_keys" &&
        to "$1" 'chmod 600 ~/.ssh/authorized_keys' &&
        to "$1" 'sudo cp -p /etc/ssh/sshd_config /etc/ssh/sshd_config.bak' &&
        to "$1" "sudo grep -qx 'PubkeyAuthentication yes' /etc/ssh/sshd_config || sudo sed -i '1i PubkeyAuthentication yes' /etc/ssh/sshd_config" &&
        to "$1" "sudo grep -qx 'X11Forwarding no' /etc/ssh/sshd_config || sudo sed -i '1i X11Forwarding no' /etc/ssh/sshd_config" &&
        to "$1" 'sudo sshd -t' && to "$1" 'sudo systemctl reload ssh' && retry "$1"
      ;;
    login)
      [ "$turn" = second ] || to "$1" "mkdir -p ~/.ssh; echo '$key' >>~/.ssh/authorized_keys" || return
      [ "$turn" = first ] || proof "$1"
      ;;
    *)
      to "$1" "sh -s '$key'" <"$jobs/job.sh" || return
      [ "$way$turn" = floorsecond ] || retry "$1"
      ;;
  esac
}

pids=
for h do one "$h" & pids="$pids $!"; done
status=0
for p in $pids; do wait "$p" || status=1; done
exit "$status"
