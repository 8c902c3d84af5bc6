# shellcheck shell=bash
# A lab's network: one namespace with a bridge for the hosts and, behind a port of its own, the client.
# Nothing of it is linked to the machine's own network.

lab_net=10.77.0.0/16

# Slot S is 10.77.(4S).0/22: 64 labs of up to 1000 hosts.
slot_address() {
  local slot=$1 number=$2
  echo "10.77.$((slot * 4 + number / 256)).$((number % 256))"
}

host_address() { slot_address "$(<"$lab_dir/slot")" $((10 + $1)); }

free_slot() {
  local slot taken
  taken=" $(cat "$lab_run"/*/slot 2>/dev/null | tr '\n' ' ') "
  for ((slot = 0; slot < 64; slot++)); do
    [[ $taken = *" $slot "* ]] || { echo "$slot" && return; }
  done
  die "64 labs are up; 'lab list' shows them, 'lab down NAME' removes one"
}

# The client's interface keeps its address and its MAC whatever stands between it and the bridge,
# so that open connections live through `lab netem`.
make_network() {
  local slot=$1
  ip netns add "$lab_netns"
  # Without this the bridge answers for the client's address itself, and packets go round the delay line.
  nsenter --net="/run/netns/$lab_netns" bash -c 'echo 1 >/proc/sys/net/ipv4/conf/all/arp_ignore'
  ip -n "$lab_netns" -batch - <<END
link set lo up
link add hosts type bridge forward_delay 0
link add far type bridge forward_delay 0
link add client type veth peer name port
link set port master hosts
link set hosts up
link set far up
link set port up
link set client up
address add $(slot_address "$slot" 1)/22 dev client
END
  # What is started outside the client's namespace must not go looking for hosts in the real network.
  ip route replace unreachable "$lab_net"
}

drop_network() {
  local pids
  if [ -e "/run/netns/$lab_netns" ]; then
    pids=$(ip netns pids "$lab_netns" | tr '\n' ' ')
    # shellcheck disable=SC2086 # a list of numbers
    [ -z "$pids" ] || kill -KILL $pids 2>/dev/null || true
    ip netns delete "$lab_netns"
  fi
}

drop_route() {
  ip route delete unreachable "$lab_net" 2>/dev/null || true
}

lab_link() {
  [ $# = 3 ] && [[ $3 = up || $3 = down ]] || misuse "link NAME I up|down"
  use_host "$1" "$2"
  ip -n "$lab_netns" link set "h$host" "$3"
}

stop_delay() {
  [ -e "$lab_dir/netdelay.pid" ] || return 0
  kill "$(<"$lab_dir/netdelay.pid")" 2>/dev/null || true
  while ip -n "$lab_netns" link show near-tap >/dev/null 2>&1; do sleep 0.005; done
  rm "$lab_dir/netdelay.pid"
}

lab_netem() {
  [ $# = 2 ] || [ $# = 3 ] || misuse "netem NAME MS [LOSS]"
  use_lab "$1"
  local delay=$2 loss=${3-0} number='^[0-9]+([.][0-9]+)?$'
  [[ $delay =~ $number ]] || die "expected a round trip in milliseconds, got '$delay'"
  [[ $loss =~ $number ]] || die "expected a loss in percent, got '$loss'"
  lock_lab
  stop_delay
  if [[ $delay =~ ^0+([.]0+)?$ && $loss =~ ^0+([.]0+)?$ ]]; then
    ip -n "$lab_netns" link set port master hosts
  else
    build_netdelay
    ip -n "$lab_netns" link set port master far
    setsid nsenter --net="/run/netns/$lab_netns" "$lab_cache/netdelay" near-tap far-tap "$delay" "$loss" \
      "$lab_dir/netdelay.pid" </dev/null >"$lab_dir/netdelay.log" 2>&1 {lab_lock}<&- &
    until [ -s "$lab_dir/netdelay.pid" ]; do
      kill -0 $! 2>/dev/null || die "netdelay did not start: $(<"$lab_dir/netdelay.log")"
      sleep 0.01
    done
    ip -n "$lab_netns" -batch - <<END
link set near-tap master hosts
link set far-tap master far
link set near-tap up
link set far-tap up
END
  fi
  unlock_lab
}

build_netdelay() {
  local source=$lab_home/netdelay.c program=$lab_cache/netdelay
  [ "$program" -nt "$source" ] && return
  command -v cc >/dev/null || die "delay needs a C compiler; 'lab setup' installs it"
  mkdir -p "$lab_cache"
  cc -O2 -Wall -Wextra -o "$program.$$" "$source"
  mv "$program.$$" "$program"
}
