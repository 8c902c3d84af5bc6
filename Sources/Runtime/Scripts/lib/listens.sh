# listens PORT: whether a program on the host listens at this TCP port.
#
# Reads the kernel's tables (Linux, proc(5)), with the port in hex and state 0A for "listening": a connection would
# count as an unfinished login (PerSourcePenalties). The shell itself reads the first lines, where the listening ports
# are, and grep the rest: a shell reads byte by byte, and a busy host has thousands of lines.

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
  for listens_table in /proc/net/tcp /proc/net/tcp6; do
    listens_lines=0
    while [ "$listens_lines" -lt 32 ] && IFS=' ' read -r _ listens_local _ listens_state _; do
      case $listens_local=$listens_state in *":$h=0A") return 0 ;; esac
      listens_lines=$((listens_lines + 1))
    done 2>/dev/null <"$listens_table"
    [ "$listens_lines" = 32 ] || continue
    ! grep -Eqs "^ *[0-9]+: [0-9A-F]+:$h [0-9A-F]+:[0-9A-F]+ 0A " "$listens_table" || return 0
  done
  return 1
}
