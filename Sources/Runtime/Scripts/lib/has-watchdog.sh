# command_lines: prints the command lines of all processes, of any account, as words.
#
# has_watchdog FOLDER: whether the watchdog of this folder is running, under the account that owns the folder. Any other
#   account can have a process with the same command line.

command_lines() {
  if [ -r /proc/self/cmdline ]; then cat /proc/[0-9]*/cmdline; else ps -axo args; fi 2>/dev/null | tr '\000' ' '
}

# The directory /proc/NUMBER may show root as the owner of another account's process; its file `status` does not.
process_owner() {
  while read -r key number _; do
    if [ "$key" = Uid: ]; then echo "$number"; return; fi
  done 2>/dev/null <"$1/status"
}

has_watchdog() {
  case $(command_lines) in *"$1/watch "*) ;; *) return 1 ;; esac
  # shellcheck disable=SC2012 # the name is not looked at
  owner=$(LC_ALL=C ls -ldn "$1" 2>/dev/null | awk '{ print $3 }')
  if [ ! -r /proc/self/status ]; then
    ps -axo uid= -o args= | awk -v owner="$owner" -v program="$1/watch " '
      $1 == owner && index($0 " ", program) { found = 1 } END { exit !found }'
    return
  fi
  for process in /proc/[0-9]*; do
    # Without a process of its own for each: a shell's `read` leaves out the NULs between the words.
    line=
    { read -r line <"$process/cmdline"; } 2>/dev/null
    case $line in
      *"$1/watch"*) if [ "$(process_owner "$process")" = "$owner" ]; then return 0; fi ;;
    esac
  done
  return 1
}
