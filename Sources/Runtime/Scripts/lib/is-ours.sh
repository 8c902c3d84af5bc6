# is_ours FOLDER: whether this program certainly made the folder, as root or as this account: a directory, no link,
#   closed to others, and in a place where no other account can make a folder. Others may make folders of any name in
#   /tmp, with programs inside.
#
# The account's home is the account's by definition: a user who may write there can become the account in many other
# ways.

. lib/holders.sh

is_ours() {
  if [ -L "$1" ] || [ ! -d "$1" ]; then return 1; fi
  me=$(id -u)
  # shellcheck disable=SC2012 # the name is not looked at
  case $(LC_ALL=C ls -ldn "$1" 2>/dev/null | sed 's/^\([^ ]*\) *[^ ]* *\([^ ]*\).*/\1 \2/') in
    d????-??-*" 0") ;;
    d????-??-*" $me") ;;
    *) return 1 ;;
  esac
  if [ "$me" != 0 ] && [ "$(cd -P "${1%/*}" && pwd -P)" = "$(cd -P "$HOME" 2>/dev/null && pwd -P)" ]; then
    [ -O "$1" ]
    return
  fi
  held_by "${1%/*}"
  case $holders in '') ;; " $me") ;; *) return 1 ;; esac
}
