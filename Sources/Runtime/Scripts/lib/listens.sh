# listens PORT: whether a program on the host listens at this TCP port.
#
# Reads the kernel's tables (Linux, proc(5)), with the port in hex and state 0A for "listening": a connection would
# count as an unfinished login (PerSourcePenalties).

listens() {
  h=$(printf '%04X' "$1")
  grep -Eqs "^ *[0-9]+: [0-9A-F]+:$h [0-9A-F]+:[0-9A-F]+ 0A " /proc/net/tcp /proc/net/tcp6
}
