# held_by DIRECTORY: sets $holders to the accounts besides root that decide what the path leads to: the owners of its
#   directories and links, by number, and `any` for a directory in which a group or everyone may replace files. Each has
#   a blank in front. Empty if only root decides; `any` for a path that leads nowhere. Sets $real to the path without
#   links, and $turned to `yes` if one of these accounts decides where a link on the way leads. Sets $held to the
#   directory's line of `ls -ldn`, or to nothing if links were followed.
#
# In a sticky directory, everyone may make files, but only their owners replace them. So the owner of the next part of
# the path is what counts there.

add_holder() { case "$holders " in *" $1 "*) ;; *) holders="$holders $1" ;; esac; }

# The words of a line of ls, for a directory or link on the way.
add_holder_by() {
  if [ "$#" -lt 4 ]; then add_holder any; return; fi
  [ "$3" = 0 ] || add_holder "$3"
  case $1 in
    d????????[tT]*) ;;
    d???????w*) add_holder any ;;
    d????w*) [ "$4" = 0 ] || add_holder any ;;
  esac
}

# PATH OPTION-OF-LS: adds the holder of this one directory or link.
add_holder_of() {
  # The name at the end of the line is not used.
  case $- in *f*) globs=-f ;; *) globs=+f ;; esac
  set -f
  # shellcheck disable=SC2046,SC2012
  set -- $(LC_ALL=C ls "$2" -- "$1" 2>/dev/null)
  set "$globs"
  add_holder_by "$@"
}

# PATH: adds the holders of all directories on the way by a single ls. Returns 1, and adds none, if there is a link, or a
#   directory that cannot be looked at.
add_holders_at_once() {
  holders_rest=${1#/} holders_way=''
  set -- /
  while [ -n "$holders_rest" ]; do
    holders_part=${holders_rest%%/*}
    case $holders_rest in */*) holders_rest=${holders_rest#*/} ;; *) holders_rest='' ;; esac
    [ -n "$holders_part" ] || continue
    holders_way=$holders_way/$holders_part
    set -- "$@" "$holders_way"
  done
  holders_count=$#
  case $- in *f*) holders_globs=-f ;; *) holders_globs=+f ;; esac
  holders_ifs=$IFS
  set -f; IFS='
'
  # shellcheck disable=SC2046,SC2012
  set -- $(LC_ALL=C ls -ldn -- "$@" 2>/dev/null)
  IFS=' '
  holders_seen=0
  for holders_line do case $holders_line in d*) holders_seen=$((holders_seen + 1)) ;; esac; done
  if [ "$#" = "$holders_count" ] && [ "$holders_seen" = "$holders_count" ]; then
    # shellcheck disable=SC2086
    for holders_line do add_holder_by $holders_line; held=$holders_line; done
  else
    holders_count=
  fi
  IFS=$holders_ifs; set "$holders_globs"
  [ -n "$holders_count" ]
}

# The arguments are local to each call: the rest of the path, and the way so far.
add_holders_along() {
  set -- "$1" ''
  add_holder_of / -ldnL
  while [ -n "$1" ]; do
    part=${1%%/*}
    case $1 in */*) set -- "${1#*/}" "$2" ;; *) set -- '' "$2" ;; esac
    [ -n "$part" ] || continue
    set -- "$1" "$2/$part"
    if [ -L "$2" ]; then
      add_holder_of "$2" -ldn
      [ -z "$holders" ] || turned=yes
      hops=$((hops + 1))
      end=$(readlink "$2")
      if [ "$hops" -gt 20 ] || [ -z "$end" ]; then add_holder any; return; fi
      case $end in /*) add_holders_along "$end" ;; *) add_holders_along "${2%/*}/$end" ;; esac
    fi
    add_holder_of "$2" -ldnL
  done
}

held_by() {
  # shellcheck disable=SC2034 # not every script looks at it
  holders='' turned='' held='' hops=0
  # Usually, the path is real already, and needs no shell of its own to enter the directory.
  case $1 in
    [!/]* | *//* | */./* | */../* | */. | */.. | ?*/) ;;
    /*) if [ -d "$1" ] && [ -x "$1" ] && add_holders_at_once "$1"; then real=$1; return 0; fi ;;
  esac
  real=$(cd -P -- "$1" 2>/dev/null && pwd -P) || { holders=' any'; return 0; }
  add_holders_along "$1"
  if [ "$real" != "$1" ]; then add_holders_along "$real"; fi
}
