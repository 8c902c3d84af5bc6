# listens PORT: whether a program on the host listens at this TCP port.
#
# Reads the kernel's tables (Linux, proc(5)), with the port in hex and state 0A for "listening": a connection would
# count as an unfinished login (PerSourcePenalties).

listens() {
  # In hex, without a process.
  listens_rest=$1; h=
  while [ "${#h}" -lt 4 ]; do
    listens_digit=$((listens_rest % 16)); listens_rest=$((listens_rest / 16))
    case $listens_digit in
      10) h=A$h ;; 11) h=B$h ;; 12) h=C$h ;; 13) h=D$h ;; 14) h=E$h ;; 15) h=F$h ;;
      *) h=$listens_digit$h ;;
    esac
  done
  grep -Eqs "^ *[0-9]+: [0-9A-F]+:$h [0-9A-F]+:[0-9A-F]+ 0A " /proc/net/tcp /proc/net/tcp6
}
