# has_watchdog FOLDER: whether the process of the watchdog with this folder is there, of any account.

has_watchdog() {
  # A process that ends while /proc is read makes `cat` fail; that is no reason to ask `ps` as well.
  case $(
    if [ -r /proc/self/cmdline ]; then cat /proc/[0-9]*/cmdline; else ps -axo args; fi 2>/dev/null | tr '\000' ' '
  ) in *"$1/watch "*) ;; *) return 1 ;; esac
}
