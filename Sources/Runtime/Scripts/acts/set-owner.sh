# Sets the owner of a file or directory.
#
# Arguments: the path; user, group or both in the form of chown.
# Prints: the path's line of `ls -ldn` afterwards.
# Status: 98 for an unsafe path, which another account can change while root acts; 1 for an error, with a line of
#   on_disk on standard error.
#
# Only root can give files away, so this act cannot be left to the account that owns the directory (act-safely.sh). But
# the directory is entered first, and cannot be exchanged from then on; a link in the file's place is not followed; and
# the file gets a second name where the account cannot reach it, so that a file with other names, which may be another
# account's, is found out.

. lib/fail.sh
. lib/holders.sh
. lib/aside.sh

refuse() { printf '%s\n' "$1" >&2; exit 98; }

directory=${1%/*} name=${1##*/}
held_by "${directory:-/}"
# In a directory like /tmp, every account may make a second name of a file.
# shellcheck disable=SC2012 # the name is not looked at
case $(LC_ALL=C ls -ldn "$real/." | awk '{ print $1 }') in d???????w[tT]*) sticky=yes ;; *) sticky= ;; esac
if [ "$(id -u)" != 0 ] || [ -z "$holders$sticky" ]; then
  chown -h "$2" "$1" || fail "$1"
  ls -ldn "$1"
  exit
fi
case $name in '' | . | ..) refuse "$1: this path does not end in a name" ;; esac
[ -z "$turned" ] || refuse "$directory: a link on this path belongs to another account"
# enter DIRECTORY PATH: enters the directory, but only if it leads to the path.
enter() { if ! cd -P -- "$1" || [ "$(pwd -P)" != "$2" ]; then refuse "$2: this directory was exchanged just now"; fi; }

enter "${directory:-/}" "$real"
if [ -d "./$name" ] && [ ! -L "./$name" ]; then
  enter "./$name" "${real%/}/$name"
  chown "$2" . || fail "$1"
else
  [ -z "$holders" ] || [ "$(cat /proc/sys/fs/protected_hardlinks 2>/dev/null)" = 1 ] ||
    refuse "$real: another account owns this directory, and may put a second name of any file into it"
  aside || refuse "$real: no directory of root's can be made there"
  ln "../$name" ./f || { leave_aside; fail "$1"; }
  has_two_names || { leave_aside; refuse "$1: it has other names, and may be a file of another account's"; }
  chown -h "$2" ./f || { leave_aside; fail "$1"; }
  leave_aside
fi
ls -ldn "$1"
