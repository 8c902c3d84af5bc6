# Performs an act of root's on a path that other accounts may be able to change during the act:
# * in a directory of another account, with the rights of this account: a link or a directory put in the way then
#   reaches none of root's files;
# * in a directory that root alone may write, below a directory of another account: from within the directory, which
#   cannot be exchanged any more.
#
# Arguments: the path; the act's script; the script's arguments, the path first, as words of sh; the arguments after the
#   path.
# Status: the status of the act's script; 98 for a refused act, because several accounts can change the path, or the
#   host has no program to act as another account. Standard error names the directory.

. lib/holders.sh
. lib/own-id.sh

refuse() { printf '%s\n' "$1" >&2; exit 98; }

# Enters a directory of root's, but only if the path still leads there.
enter() {
  if ! cd -P -- "$1" || [ "$(pwd -P)" != "$1" ]; then refuse "$1: this directory was exchanged just now"; fi
  # shellcheck disable=SC2012 # the name is not looked at
  case $(LC_ALL=C ls -ldn . | awk '{ print $1, $3 }') in
    d????-??-*" 0") ;;
    *) refuse "$1: this directory was exchanged just now" ;;
  esac
}

# The nearest directory: an act may find that the parent is missing.
parent=${1%/*}
while [ -n "$parent" ] && [ ! -d "$parent" ]; do parent=${parent%/*}; done
act="set -- $3
$2"
own_id
held_by "${parent:-/}"
listing() { mode=${1:-} owner=${3:-} owners_group=${4:-}; }
set -f
# The names at the end of the line are not used.
# shellcheck disable=SC2046,SC2086,SC2012
listing ${held:-$(LC_ALL=C ls -ldn "$real/.")}
set +f
owned=$real/.
case $mode in
  d???????w[tT]*)
    # In a directory like /tmp, the path's own owner can replace it, and everyone can be the first to make it, also as a
    # second name of a file of root's.
    # shellcheck disable=SC2012
    file=$(LC_ALL=C ls -ldn "$1" 2>/dev/null | awk '{ print (/^-/ && $2 > 1 ? "shared" : $3) }')
    if [ "$file" = shared ] && [ "$me" = 0 ]; then
      refuse "$1: it has other names, and may be a file of another account's"
    fi
    if [ -n "$file" ] && [ "$file" != 0 ]; then owner=$file; owned=$1; holders="$holders $file"; fi
    ;;
esac
if [ "$me" != 0 ] || [ -z "$holders" ]; then
  eval "$act"
  exit
fi
if [ "$owner" = 0 ]; then
  case $mode in
    d????-??-*) ;;
    *) refuse "$real: accounts besides root can change this directory while root acts in it" ;;
  esac
  name=${1##*/}
  if [ -n "$turned" ] || [ ! -d "${1%/*}" ] || [ "$real" != "${1%/*}" ]; then
    refuse "${1%/*}: accounts besides root can change what this path leads to while root acts there"
  fi
  enter "$real"
  eval "set -- \"./\$name\" $4
$2"
  exit
fi
for holder in $holders; do
  case $holder in
    # A user who may write into the account's own directory could make the account act elsewhere in other ways, too.
    "$owner" | any) ;;
    *) refuse "$real: account $holder can change what this path leads to while account $owner acts there" ;;
  esac
done
# shellcheck disable=SC2012
name=$(id -un "$owner" 2>/dev/null) || name=$(LC_ALL=C ls -ld "$owned" | awk '{ print $3 }')
group=$(id -g "$name" 2>/dev/null) || group=$owners_group
# The account must not reach root's shell through a terminal or another open file: the act has pipes alone.
act="[ \"\$(id -u)\" = $owner ] || exit 98
$act"
session=
command -v setsid >/dev/null 2>&1 && session=setsid
as_owner() {
  cd /
  # An account without a name has no groups besides its own.
  groups=--init-groups
  id "$name" >/dev/null 2>&1 || groups=--clear-groups
  if setpriv --reuid "$owner" --regid "$group" "$groups" true 2>/dev/null; then
    $session setpriv --reuid "$owner" --regid "$group" "$groups" sh -c "$act"
  elif su -s /bin/sh "$name" -c true >/dev/null 2>&1 </dev/null; then
    $session su -s /bin/sh "$name" -c "$act"
  elif sudo -n -u "#$owner" true >/dev/null 2>&1 </dev/null; then
    $session sudo -n -u "#$owner" sh -c "$act"
  else
    echo "$real: it belongs to $name, and this host has no setpriv, su or sudo to act as this account" >&2
    return 98
  fi
}
exec 4>&1
status=$({ { as_owner 3>&- 4>&-; echo "$?" >&3; } | cat >&4; } 3>&1)
# Root could do more than the account, so an error needs the reason.
case $status in
  0 | 9[0-9]) ;;
  *) echo "this was done as $name, who owns ${owned%/.}, not as root, since $name could lead root elsewhere" >&2 ;;
esac
exit "$status"
