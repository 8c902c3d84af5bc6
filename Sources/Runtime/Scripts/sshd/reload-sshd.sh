# Makes sshd reload its configuration, and checks that sshd listens afterwards. Runs as root.
#
# Arguments: the number of watchdogs' folders; the folders of the watchdogs, whose time starts anew; the number of paths
#   of sshd; the paths; pairs of a command and the command's required program, of which the first usable pair is run.
# Status: 93 if a watchdog has restored, or is about to; 97 if a watchdog is not running. sshd was not reloaded then.
# Prints: `refused`, and the messages of `sshd -t`, after a failed check; `ran COMMAND`; `failed COMMAND` with its
#   output; `none` if no command can be run; `port PORT` for each expected port, then `listening`, or `silent PORT`.
#
# After a reload the port is closed for some ten milliseconds, or for seconds on a busy host.

. lib/is-running.sh
. lib/listener.sh
. lib/listens.sh
. lib/moment.sh

LC_ALL=C; export LC_ALL
n=$1; shift
while [ "$n" -gt 0 ]; do
  [ -e "$1/word" ] || exit 93
  is_running "$1/pid" || exit 97
  : >"$1/again" || exit 97
  n=$((n - 1)); shift
done
n=$1; shift
sshd=
while [ "$n" -gt 0 ]; do
  if [ -z "$sshd" ] && [ -x "$1" ]; then sshd=$1; fi
  n=$((n - 1)); shift
done
[ -n "$sshd" ] || sshd=$(command -v sshd)
find_listener
oldifs=$IFS; IFS=$newline; set -f
# shellcheck disable=SC2086 # One word per line.
if [ -n "$sshd" ]; then
  if [ -d /run ] && [ ! -d /run/sshd ] && "$sshd" -t 2>&1 | grep -q 'directory: /run/sshd'; then
    mkdir -m 0755 /run/sshd
  fi
  # `-T` checks as `-t` does, and prints the ports. Any connection will do: no Match decides about ports, but sshd asks
  # for one where there are some.
  if ! said=$("$sshd" -T $arguments -C user=root,host=127.0.0.1,addr=127.0.0.1,laddr=127.0.0.1,lport=22 2>/dev/null) &&
    ! why=$("$sshd" -t $arguments 2>&1); then
    echo refused
    printf '%s\n' "$why"
    exit 0
  fi
fi
ports=
if [ -n "$sshd" ] && [ -r /proc/net/tcp ]; then
  for line in $said; do
    case $line in 'listenaddress '*:*) port=${line##*:} ;; *) continue ;; esac
    case $port in '' | *[!0-9]*) continue ;; esac
    case "$ports " in *" $port "*) ;; *) ports="$ports $port" ;; esac
  done
fi
IFS=$oldifs; set +f
for port in $ports; do printf 'port %s\n' "$port"; done
ran=
while [ "$#" -ge 2 ]; do
  command=$1; needs=$2; shift 2
  command -v "$needs" >/dev/null 2>&1 || continue
  if why=$(sh -c "$command" 2>&1); then ran=$command; break; fi
  printf 'failed %s\n' "$command"
  printf '%s\n' "$why" | sed 's/^/| /'
done
if [ -z "$ran" ]; then echo none; exit 0; fi
printf 'ran %s\n' "$ran"
waited=0
for port in $ports; do
  until listens "$port"; do
    if [ "$waited" -ge 200 ]; then printf 'silent %s\n' "$port"; exit 0; fi
    moment
  done
done
echo listening
