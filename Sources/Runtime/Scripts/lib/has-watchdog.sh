# command_lines: prints the command lines of all processes, of any account, as words.
#
# has_watchdog FOLDER: whether the watchdog of this folder is running, under any account.

command_lines() {
  if [ -r /proc/self/cmdline ]; then cat /proc/[0-9]*/cmdline; else ps -axo args; fi 2>/dev/null | tr '\000' ' '
}

has_watchdog() { case $(command_lines) in *"$1/watch "*) ;; *) return 1 ;; esac }
