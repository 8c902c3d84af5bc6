# keep_network: writes the state of the host's own network into the folder $d/network, a file for each kind: links,
#   addresses, rules, routes, filters.
# show_network KIND: prints the present state.
# find_tool NAME: sets $tool to the program's path. The shell of a kit would take its own `ip`, which prints other lines.

network_kinds='link addr rule rule6 route route6 iptables ip6tables nft'

find_tool() {
  for tool in /usr/sbin/"$1" /sbin/"$1" /usr/bin/"$1" /bin/"$1" /usr/local/sbin/"$1"; do
    [ ! -x "$tool" ] || return 0
  done
  return 1
}

show_network() {
  case $1 in
    link | addr) find_tool ip && "$tool" -o "$1" show ;;
    rule) find_tool ip && "$tool" rule show ;;
    rule6) find_tool ip && "$tool" -6 rule show ;;
    route) find_tool ip && "$tool" route show table all ;;
    route6) find_tool ip && "$tool" -6 route show table all ;;
    nft) find_tool nft && "$tool" -s list ruleset ;;
    *) find_tool "$1-save" && "$tool" ;;
  esac 2>/dev/null
}

keep_network() {
  mkdir "$d/network" || return 1
  for kind in $network_kinds; do
    show_network "$kind" >"$d/network/$kind" || rm -f "$d/network/$kind"
  done
}
