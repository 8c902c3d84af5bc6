# is_ours FOLDER: whether this program certainly made the folder, as root or as this account: a directory, no link,
#   closed to others, and in a place where no other account can make a folder. Others may make folders of any name in
#   /tmp, with programs inside.
#
# The account's home is the account's by definition: a user who may write there can become the account in many other
# ways.

. lib/holders.sh
. lib/own-id.sh

ours() { ours="${1:-} ${3:-}"; }

is_ours() {
  if [ -L "$1" ] || [ ! -d "$1" ]; then return 1; fi
  own_id
  if [ "$me" = 0 ]; then
    # One look at the folder and all directories on the way.
    held_by "$1"
    case $held in
      '') ;;
      d????-??-*) [ -z "$holders" ]; return ;;
      *) return 1 ;;
    esac
  fi
  case $- in *f*) ours_globs=-f ;; *) ours_globs=+f ;; esac
  set -f
  # The name at the end of the line is not used.
  # shellcheck disable=SC2046,SC2012
  ours $(LC_ALL=C ls -ldn "$1" 2>/dev/null)
  set "$ours_globs"
  case $ours in
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
