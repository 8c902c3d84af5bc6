# Finds the file system that lets a program not run, although its mode does.
#
# Arguments: the program's path, or its name.
# Prints: the file, the mount point, and the mount's line, each on its own line; nothing if the file system is not the cause.
#
# `test -x` asks the kernel, which knows of noexec; the mode in `ls` does not. A script needs its interpreter to run, too.

LC_ALL=C; export LC_ALL
set -f

refused() { [ -f "$1" ] && [ ! -x "$1" ]; }

p=$1
case $p in
*/*) ;;
*)
  IFS=:
  for d in $PATH; do
    if [ -f "$d/$1" ]; then p=$d/$1; break; fi
  done
  unset IFS
  ;;
esac
if [ -f "$p" ] && ! refused "$p"; then
  first=
  { IFS= read -r first <"$p"; } 2>/dev/null
  case $first in
  '#!'*)
    first=${first#??}
    # shellcheck disable=SC2086 # the interpreter is the first word
    set -- $first
    p=${1:-}
    ;;
  esac
fi
refused "$p" || exit 0
case $(ls -ldnL -- "$p" 2>/dev/null) in -??[xs]* | -?????[xs]* | -????????[xt]*) ;; *) exit 0 ;; esac
point=$(df -Pk -- "$p" 2>/dev/null | sed -n '$s/.*% *//p')
[ -n "$point" ] || exit 0
if [ -r /proc/mounts ]; then
  line=$(awk -v point="$point" '{ where = $2; gsub(/\\040/, " ", where) } where == point { last = $0 } END { print last }' /proc/mounts)
else
  line=$(mount | grep -F " on $point ")
fi
case $line in *noexec*) printf '%s\n%s\n%s\n' "$p" "$point" "$line" ;; esac
