# aside: enters a new directory of root's in the present one, where no other account can exchange anything. A file of the
#   present one is ../NAME there; a second name for it, ./f, stays the same file whatever becomes of the first. Fails if
#   the directory cannot be made, or is not root's own.
# leave_aside: removes ./f and the directory, and is in the directory before again.
# has_two_names: whether the file ./f has one name besides. A file with more names may be another account's.

aside() {
  from=$(pwd -P)
  tries=0
  while [ "$tries" -lt 5 ]; do
    tries=$((tries + 1))
    aside=.ssh-recipes.$$.$tries
    mkdir -m 700 "./$aside" 2>/dev/null && break
  done
  if ! cd -P "./$aside" || [ "$(pwd -P)" != "${from%/}/$aside" ]; then cd / && return 1; fi
  # shellcheck disable=SC2012
  case $(LC_ALL=C ls -ldn . | awk '{ print $1, $3 }') in drwx*---*" 0") ;; *) cd / && return 1 ;; esac
}

leave_aside() { rm -f ./f; cd .. && rmdir "./$aside" 2>/dev/null; }

# shellcheck disable=SC2012 # the name is not looked at
has_two_names() { [ "$(LC_ALL=C ls -ldn ./f | awk '{ print $2 }')" = 2 ]; }
