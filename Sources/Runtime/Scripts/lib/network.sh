# network: rolls the host's own network back to the state in the image: links up, their MTU, addresses, rules, routes and
#   filters. Prints `restored network: LINE`.
#
# Links come first, and filters last: the kernel makes some addresses and routes by itself once a link is up. A link that has
# come up stays up, and addresses and routes of leases and of the kernel stay: the run need not have made them.

. lib/keep-network.sh

# plain KIND: turns the output of show_network into lines of arguments, without times, counters and states.
plain() {
  case $1 in
    # `2: eth0@if5: <BROADCAST,UP,LOWER_UP> mtu 1500 …` as `eth0 1500 up on`: the name, the MTU, up or down, and ARP.
    link)
      awk '{ name = $2; sub(/[@:].*/, "", name); flags = "," substr($3, 2, length($3) - 2) ","
        mtu = ""; for (i = 4; i < NF; i++) if ($i == "mtu") mtu = $(i + 1)
        print name, mtu, (flags ~ /,UP,/ ? "up" : "down"), (flags ~ /,NOARP,/ ? "off" : "on") }' ;;
    # `2: eth0    inet 10.0.0.2/24 brd 10.0.0.255 scope global dynamic eth0\       valid_lft …`
    addr)
      awk '{ sub(/\\.*/, ""); name = $2; label = ""
        gsub(/ (dynamic|secondary|temporary|mngtmpaddr|tentative|deprecated|dadfailed|stable-privacy)/, "")
        n = NF; if ($n == name || index($n, name ":") == 1) { label = $n; n-- }
        line = ""; for (i = 4; i <= n; i++) line = line $i " "
        if (label != name && label != "") line = line "label " label " "
        print line "dev " name }' ;;
    rule*) tr '\t' ' ' | sed 's/ *$//' ;;
    route*) sed -e 's/ expires [^ ]*//' -e 's/ error -[0-9]*//' -e 's/ linkdown//' -e 's/ dead//' -e 's/ pref medium//' -e 's/ *$//' ;;
    *) sed -e '/^#/d' -e 's/ \[[0-9]*:[0-9]*\]$/ [0:0]/' ;;
  esac
}

# lasting KIND: leaves out the lines of show_network that come and go by themselves.
lasting() {
  case $1 in
    addr) sed -e '/ dynamic/d' -e '/ temporary/d' -e '/ mngtmpaddr/d' -e '/ tentative/d' -e '/ scope link/d' ;;
    route*) sed -e '/ proto kernel/d' -e '/ proto dhcp/d' -e '/ proto ra/d' -e '/ proto redirect/d' ;;
    *) cat ;;
  esac
}

# differ KIND: writes the lines that are there no more to $old, and those that have come to $new.
differ() {
  [ -s "$d/image/network/$1" ] || return 1
  old=$d/network.old new=$d/network.new
  plain "$1" <"$d/image/network/$1" >"$d/network.was"
  show_network "$1" >"$d/network.now"
  plain "$1" <"$d/network.now" >"$d/network.is"
  awk 'FILENAME == now { is[$0] = 1; next } !($0 in is)' now="$d/network.is" "$d/network.is" "$d/network.was" >"$old"
  lasting "$1" <"$d/network.now" | plain "$1" |
    awk 'FILENAME == then { was[$0] = 1; next } !($0 in was)' then="$d/network.was" "$d/network.was" - >"$new"
  [ -s "$old" ] || [ -s "$new" ]
}

# each FILE COMMAND…: the command for each line, with the line's words.
each() {
  list=$1; shift
  # shellcheck disable=SC2086 # a line's words
  while IFS= read -r line; do
    if "$@" $line >/dev/null 2>&1 </dev/null; then printf 'restored network: %s\n' "$line"; fi
  done <"$list"
}

host_ip() { find_tool ip && "$tool" "$@"; }
set_link() {
  host_ip link set dev "$1" mtu "$2"
  host_ip link set dev "$1" arp "$4"
  [ "$3" = down ] || host_ip link set dev "$1" up
}
add_rule() { family=$1 number=${2%:}; shift 2; host_ip "$family" rule add pref "$number" "$@"; }
remove_rule() { host_ip "$1" rule del pref "${2%:}"; }

network() {
  if [ ! -d "$d/image/network" ]; then return 0; fi
  set -f
  if differ link; then each "$old" set_link; fi
  if differ addr; then each "$new" host_ip addr del; each "$old" host_ip addr add; fi
  for family in -4 -6; do
    case $family in -4) kind= ;; *) kind=6 ;; esac
    if differ "rule$kind"; then each "$new" remove_rule "$family"; each "$old" add_rule "$family"; fi
    if differ "route$kind"; then
      each "$new" host_ip "$family" route del
      # A gateway must be within reach first.
      for words in '!/ via /' '/ via /'; do
        awk "$words" "$old" >"$d/network.some"
        each "$d/network.some" host_ip "$family" route add
      done
    fi
  done
  set +f
  filters
}

# Filters are exchanged whole.
filters() {
  for kind in iptables ip6tables; do
    if differ "$kind" && find_tool "$kind-restore" && "$tool" <"$d/image/network/$kind" 2>/dev/null; then echo "restored network: $kind"; fi
  done
  [ -e "$d/image/network/nft" ] || return 0
  show_network nft >"$d/network.is" || return 0
  if cmp -s "$d/network.is" "$d/image/network/nft"; then return 0; fi
  { echo 'flush ruleset'; cat "$d/image/network/nft"; } >"$d/network.new"
  if find_tool nft && "$tool" -f "$d/network.new" 2>/dev/null; then echo 'restored network: nftables'; fi
}
