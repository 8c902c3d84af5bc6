# own_number: sets $number to the process number of this very shell, which differs from $$ in a subshell.

own_number() {
  # The shell itself opens the file, without a process of its own for that.
  read -r number _ 2>/dev/null </proc/self/stat || number=$(exec sh -c 'echo "$PPID"')
}
