# shellcheck shell=bash
# The life of a host: made, started, killed, reset, removed.

cgroup_root() {
  local path
  path=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
  [ -n "$path" ] || die "no cgroup2 file system is mounted"
  echo "$path/ssh-recipes-lab"
}

host_numbers() {
  [ ! -d "$lab_dir/hosts" ] || find "$lab_dir/hosts" -mindepth 1 -maxdepth 1 -printf '%f\n' | sort -n
}

host_cgroup() { echo "$(cgroup_root)/$lab/$1"; }

# What a machine gets when it is set up: its name, its identity, its host key. Into the upper layer, so that
# the host finds it on its disk.
make_disk() {
  local dir=$1 name=$2 etc=$1/upper/etc key
  rm -rf "$dir/upper" "$dir/work"
  mkdir -p "$etc" "$dir/work" "$dir/root"
  echo "$name" >"$etc/hostname"
  printf '127.0.0.1\tlocalhost\n127.0.1.1\t%s\n::1\tlocalhost\n' "$name" >"$etc/hosts"
  cp -p "$dir/machine-id" "$etc/machine-id"
  key=$dir/upper$kind_host_key
  mkdir -p "$(dirname "$key")"
  cp -p "$dir/hostkey" "$key"
  cp -p "$dir/hostkey.pub" "$key.pub"
}

make_host_key() {
  rm -f "$1/hostkey" "$1/hostkey.pub"
  ssh-keygen -q -t ed25519 -N '' -C "root@$2" -f "$1/hostkey"
}

declare -A host_process=()

start_host() {
  local number=$1 dir=$lab_dir/hosts/$1 cgroup
  cgroup=$(host_cgroup "$number")
  mkdir -p "$cgroup"
  rm -f "$dir/pid"
  (
    echo "$BASHPID" >"$cgroup/cgroup.procs"
    [ -z "${lab_lock-}" ] || exec {lab_lock}<&-
    exec setsid env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=lab \
      unshare --mount --uts --ipc --net --pid --cgroup --fork --kill-child \
      bash "$lab_home/lib/guest.sh" "$dir" "$lab_netns" "h$number"
  ) </dev/null >"$dir/log" 2>&1 &
  host_process[$number]=$!
}

# Looks into the host's own table of sockets: a connection made to find out would count as a failed login
# for a server that keeps count.
listens_on_22() {
  local pid table address state
  [ -s "$1/pid" ] || return 1
  pid=$(<"$1/pid")
  for table in tcp tcp6; do
    while read -r _ address _ state _; do
      [ "${address##*:}" = 0016 ] && [ "$state" = 0A ] && return 0
    done <"/proc/$pid/net/$table"
  done 2>/dev/null
  return 1
}

wait_for_hosts() {
  local number limit=$((SECONDS + 300))
  for number in "$@"; do
    until listens_on_22 "$lab_dir/hosts/$number"; do
      { [ "$SECONDS" -lt "$limit" ] && kill -0 "${host_process[$number]}" 2>/dev/null; } ||
        die "host $number of lab '$lab' did not come up: $(tail -n5 "$lab_dir/hosts/$number/log")"
      sleep 0.01
    done
  done
}

kill_host() {
  local number=$1 cgroup
  cgroup=$(host_cgroup "$number")
  if [ -d "$cgroup" ]; then
    echo 1 >"$cgroup/cgroup.kill"
    while grep -q '^populated 1' "$cgroup/cgroup.events"; do sleep 0.005; done
    find "$cgroup" -depth -type d -exec rmdir {} \; 2>/dev/null || true
  fi
  rm -f "$lab_dir/hosts/$number/pid"
  # The kernel removes a dead host's network a little later, and its name must be free for the next start.
  ip -n "$lab_netns" link delete "h$number" 2>/dev/null || true
}

make_lab() {
  mkdir -p "$lab_dir"
  mount -t tmpfs -o mode=755 ssh-recipes-lab "$lab_dir"
  mkdir -p "$lab_dir/hosts" "$lab_dir/home"
  chmod 700 "$lab_dir/home"
  printf '127.0.0.1\tlocalhost\n::1\tlocalhost\n' >"$lab_dir/names"
  local slot
  slot=$(free_slot)
  make_network "$slot"
  echo "$slot" >"$lab_dir/slot"
  # A systemd takes four of them; the usual 128 are gone after 35 hosts.
  [ "$(</proc/sys/fs/inotify/max_user_instances)" -ge 8192 ] || echo 8192 >/proc/sys/fs/inotify/max_user_instances
}

lab_up() {
  { [ $# = 2 ] || [ $# = 3 ]; } || misuse "up NAME N [KIND]"
  need_root
  need_tools
  use_name "$1"
  check_number "$2"
  check_kind "${3-debian}"
  build_tree "${3-debian}"
  lock_labs
  [ -e "$lab_dir/slot" ] || make_lab
  unlock_labs
  add_hosts "$2" "${3-debian}"
}

lab_add() {
  { [ $# = 2 ] || [ $# = 3 ]; } || misuse "add NAME N [KIND]"
  use_lab "$1"
  lab_up "$@"
}

add_hosts() {
  local count=$1 kind=$2 first number layers address dir numbers
  layers=$(kind_layers "$kind")
  load_kind "$kind"
  lock_lab
  first=$(($(host_numbers | tail -n1) + 1))
  [ $((first + count - 1)) -le 1000 ] || die "a lab holds at most 1000 hosts"
  mapfile -t numbers < <(seq "$first" $((first + count - 1)))
  for number in "${numbers[@]}"; do
    dir=$lab_dir/hosts/$number
    address=$(host_address "$number")
    mkdir "$dir"
    echo "$kind" >"$dir/kind"
    echo "$layers" >"$dir/lower"
    echo "$address" >"$dir/address"
    printf '02:00:00:00:%02x:%02x\n' $((number / 256)) $((number % 256)) >"$dir/mac"
    echo "$kind_init" >"$dir/init"
    printf '%s\t%s\n' "$address" "$kind$number" >>"$lab_dir/names"
    tr -d - </proc/sys/kernel/random/uuid >"$dir/machine-id"
    chmod 444 "$dir/machine-id"
    make_host_key "$dir" "$kind$number"
    make_disk "$dir" "$kind$number"
    start_host "$number"
  done
  unlock_lab
  wait_for_hosts "${numbers[@]}"
  for number in "${numbers[@]}"; do echo "$number $kind $(host_address "$number")"; done
}

lab_kill() {
  [ $# = 2 ] || misuse "kill NAME I"
  use_host "$1" "$2"
  kill_host "$host"
}

lab_boot() {
  [ $# = 2 ] || misuse "boot NAME I"
  use_host "$1" "$2"
  [ ! -e "$host_dir/pid" ] || die "host $host of lab '$lab' is running"
  start_host "$host"
  wait_for_hosts "$host"
}

lab_reset() {
  { [ $# = 2 ] || [ "$*" = "$1 $2 --new-key" ]; } || misuse "reset NAME I [--new-key]"
  use_host "$1" "$2"
  local kind
  kind=$(<"$host_dir/kind")
  load_kind "$kind"
  kill_host "$host"
  [ $# = 2 ] || make_host_key "$host_dir" "$kind$host"
  make_disk "$host_dir" "$kind$host"
  start_host "$host"
  wait_for_hosts "$host"
}

lab_cpu() {
  [ $# = 2 ] || misuse "cpu NAME I"
  use_host "$1" "$2"
  awk '$1 == "usage_usec" { printf "%d\n", $2 / 1000 }' "$(host_cgroup "$host")/cpu.stat"
}

lab_down() {
  [ $# = 1 ] || misuse "down NAME"
  need_root
  use_name "$1"
  lock_labs
  local number
  for number in $(host_numbers); do kill_host "$number"; done
  drop_network
  while mountpoint -q "$lab_dir"; do umount "$lab_dir" 2>/dev/null || umount -l "$lab_dir"; done
  [ ! -d "$lab_dir" ] || rmdir "$lab_dir"
  rmdir "$(cgroup_root)/$lab" "$(cgroup_root)" 2>/dev/null || true
  ! rmdir "$lab_run" 2>/dev/null || drop_route
  unlock_labs
}

lab_list() {
  local dir
  for dir in "$lab_run"/*/hosts/*/; do
    [ -d "$dir" ] || continue
    use_name "$(basename "$(dirname "$(dirname "$dir")")")"
    echo "$lab $(basename "$dir") $(<"$dir/kind") $(<"$dir/address") $([ -e "$dir/pid" ] && echo on || echo off)"
  done | sort -k1,1 -k2,2n
}

lab_ip() {
  [ $# = 2 ] || misuse "ip NAME I"
  use_host "$1" "$2"
  cat "$host_dir/address"
}

lab_ips() {
  [ $# = 1 ] || misuse "ips NAME"
  use_lab "$1"
  local number
  for number in $(host_numbers); do host_address "$number"; done
}

lab_hostkey() {
  [ $# = 2 ] || misuse "hostkey NAME I"
  use_host "$1" "$2"
  echo "$(<"$host_dir/address") $(cut -d' ' -f1,2 "$host_dir/hostkey.pub")"
}

lab_exec() {
  [ $# -ge 3 ] || misuse "exec NAME I CMD…"
  use_host "$1" "$2"
  shift 2
  [ -s "$host_dir/pid" ] || die "host $host of lab '$lab' is off; 'lab boot $lab $host' starts it"
  exec nsenter --target "$(<"$host_dir/pid")" --mount --uts --ipc --net --pid --cgroup \
    env -i HOME=/root USER=root LOGNAME=root TERM="${TERM-dumb}" \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
