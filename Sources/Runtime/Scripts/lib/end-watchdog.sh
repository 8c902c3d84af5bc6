# end_watchdog: ends the watchdog of the folder $d after its decision. The watchdog would end by itself within a second;
#   this saves the wait.

. lib/birth.sh
. lib/next-boot.sh
. lib/moment.sh

end_watchdog() {
  pid=
  { read -r pid _ <"$d/pid"; } 2>/dev/null
  remove_boot_files "$d" || return 0
  [ -n "$pid" ] || return 0
  watchdog_line=
  # A shell's `read` leaves out the NULs between the words.
  { read -r watchdog_line <"/proc/$pid/cmdline"; } 2>/dev/null
  case $watchdog_line in *"$d/watch"*) kill "$pid" ;; esac 2>/dev/null
  waited=0
  # An ended process may stay in the table for a while, until its parent asks for it.
  while birth_of "$pid"; [ -n "$birth" ] && [ "$waited" -lt 200 ]; do moment; done
  return 0
}
