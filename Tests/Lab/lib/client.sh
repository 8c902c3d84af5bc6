# shellcheck shell=bash
# The operator's side of a lab.

# Runs inside the client's namespaces. $1: the home, $2: what must stay in sight below /root, then the command.
# shellcheck disable=SC2016 # for the inner shell
lab_client_script='
home=$1 keep=$2 names=$3
shift 3
if [ -n "$keep" ]; then
  mkdir -p "$home/${keep#/root/}" && mount --bind "$keep" "$home/${keep#/root/}" || exit 125
fi
mount --bind "$names" /etc/hosts && mount --rbind "$home" /root || exit 125
exec "$@"
'

lab_client() {
  local home='' keep='' without=()
  [ $# -ge 2 ] || misuse "client NAME [--home DIR] [--no-agent] [--] CMD…"
  use_lab "$1"
  shift
  while [ $# -gt 0 ]; do
    case "$1" in
      --home) home=$(realpath -e "${2-}") || die "--home: there is no folder '${2-}'" && shift 2 ;;
      --no-agent) without=(-u SSH_AUTH_SOCK) && shift ;;
      --) shift && break ;;
      -*) die "client: there is no option '$1'" ;;
      *) break ;;
    esac
  done
  [ $# -gt 0 ] || misuse "client NAME [--home DIR] [--no-agent] [--] CMD…"
  # A checkout in /root would be hidden by the home that is mounted over it.
  keep=$(realpath "$lab_home/../..")
  [[ $keep = /root/* ]] || keep=''
  exec env "${without[@]}" HOME=/root nsenter --net="/run/netns/$lab_netns" unshare --mount \
    bash -c "$lab_client_script" lab-client "${home:-$lab_dir/home}" "$keep" "$lab_dir/names" "$@"
}

lab_try() {
  [ $# = 1 ] || misuse "try NAME"
  use_lab "$1"
  echo "The hosts of lab '$lab', by name or address; 'exit' leaves:"
  tail -n +3 "$lab_dir/names"
  lab_client "$lab" -- "${SHELL:-bash}"
}
