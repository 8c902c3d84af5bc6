# Logs in from one host to another, with one key and no agent.
#
# Arguments: the private key; the host; the user, or nothing; the port, or nothing; the command to run on the other
#   host; options in the form of ssh_config, each with a ? in front if an ssh that does not know it leaves it out.
# Prints: the output of the command; on standard error ssh's log.
# Status: that of ssh; 127, and `ssh: not found`, without ssh.

LC_ALL=C; export LC_ALL
key=$1 host=$2 user=$3 port=$4 command=$5
shift 5
command -v ssh >/dev/null 2>&1 || { echo 'ssh: not found' >&2; exit 127; }
unset SSH_AUTH_SOCK
count=$#
while [ "$count" -gt 0 ]; do
  case $1 in
    \?*) if ssh -G -F /dev/null -o "${1#?}" host </dev/null >/dev/null 2>&1; then set -- "$@" -o "${1#?}"; fi ;;
    *) set -- "$@" -o "$1" ;;
  esac
  shift
  count=$((count - 1))
done
[ -z "$user" ] || set -- "$@" -l "$user"
[ -z "$port" ] || set -- "$@" -p "$port"
exec ssh -v -n -T "$@" -i "$key" -- "$host" "$command"
