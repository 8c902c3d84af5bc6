# Restores the copies of keep_all or keep-image.sh in the folder $d. Sets $failed if a file could not be restored; the
# caller may then try again.
#
# give MODE UID GID INODE PATH: sets this mode and owner; makes a missing directory again.
# modes: the modes and owners of $d/modes.
# links: the links of $d/linked. texts: those of $d/targets, lines of two: path, target.
# put_back NUMBER: the files of the folder with this number.
# place COPY PATH [UID GID]: the copy at its path, at once and whole; with the kept owner, if not in $d/modes.
#
# They print `restored PATH`, and `damaged PATH` for a changed copy.
#
# An account can exchange what is in its own directories while root restores there. So root works from within these
# directories, by names relative to them, and in a directory of its own where a file is made or changed: no name leads
# elsewhere then.

. lib/backup.sh
. lib/holders.sh
. lib/aside.sh

told() { printf 'restored %s\n' "$1"; }

# go PATH: sets $at to a name for the path that no account besides root can turn elsewhere; changes the directory where
#   this needs one. Fails if a link of an account's leads out of the account's own directories.
go() {
  at=$1 parent=${1%/*}
  [ "$(id -u)" = 0 ] || return 0
  held_by "${parent:-/}"
  [ -n "$holders" ] || return 0
  if ! cd -P -- "$real" || [ "$(pwd -P)" != "$real" ]; then cd / && return 1; fi
  at=./${1##*/}
  [ -n "$turned" ] || return 0
  # shellcheck disable=SC2012 # the name is not looked at
  case $(LC_ALL=C ls -ldn . | awk '{ print $3 }') in
    0) ;;
    "${holders# }") return 0 ;;
  esac
  cd / && return 1
}

# over NAME PATH: the file takes the path, also from a link to a directory.
over() { mv -fT "$1" "$2" 2>/dev/null || { [ ! -L "$2" ] || rm -f "$2"; mv -f "$1" "$2"; }; }

# place_aside COMMAND...: a file made by the command, as ./f, takes the path $at.
place_aside() {
  name=${at#./}
  aside || return 1
  "$@" ./f && make_way "../$name" && { over ./f "../$name" 2>/dev/null || { loosen .. "../$name"; over ./f "../$name"; }; }
  placed=$?
  leave_aside
  return "$placed"
}

# On the same disk a second name is enough.
copied() {
  if [ -L "$1" ]; then cp -pRP "$1" "$2"; return; fi
  ln "$1" "$2" 2>/dev/null || { cp -p "$1" "$2" && cmp -s "$1" "$2" && to_disk "$2"; }
}
linked() { ln -s "$1" "$2"; }

# is_theirs COPY PATH [KEPT]: whether the copy has the kept owner, if one was kept. Otherwise an account may have put a
# link to another file in the path's place while the copy was made, and would get that file now.
is_theirs() {
  kept=${3-$(awk -v p="$2" '{ k = $2 " " $3; sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, "") } $0 == p { print k; exit }' "$d/modes" 2>/dev/null)}
  [ -n "$kept" ] || return 0
  # shellcheck disable=SC2012
  [ "$(LC_ALL=C ls -ldn "$1" | awk '{ print $3, $4 }')" = "$kept" ]
}

# give_aside MODE UID:GID: the owner and mode of the file $at, by a second name for it. A file with more names may be one
# of another account's.
give_aside() {
  name=${at#./}
  aside || return 1
  ln "../$name" ./f 2>/dev/null || { loosen "../$name"; ln "../$name" ./f 2>/dev/null; }
  given=1
  if [ -f ./f ] && [ ! -L ./f ] && has_two_names; then
    chown "$2" ./f 2>/dev/null
    chmod "$(change "$1")" ./f
    given=$?
  fi
  leave_aside
  return "$given"
}

# Translates `drwxr-sr-x` into the form of chmod.
change() {
  printf '%s\n' "$1" | sed -e 's/^.\(...\)\(...\)\(...\).*/u=\1,g=\2,o=\3/' -e 's/-//g' -e 's/s/xs/g' -e 's/S/s/g' \
    -e 's/t$/xt/' -e 's/T$/t/'
}

# INODE PATH NAME-FROM-HERE: moves a renamed directory back; makes a missing directory again. On some file systems (overlayfs), renaming changes
# the inode number; for an image, the names in the directory then identify the directory.
find_again() {
  for c in "${3%/*}"/* "${3%/*}"/.[!.]*; do
    if [ ! -d "$c" ] || [ -L "$c" ]; then continue; fi
    case $(modes_of "$c") in *" $1 $c") mv "$c" "$3"; return ;; esac
  done
  if [ -e "$d/all" ]; then
    inside=$(awk -v p="$2/" '{ sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, "") }
      index($0, p) == 1 { $0 = substr($0, length(p) + 1); sub(/\/.*/, ""); if (!seen[$0]++ && n++ < 5) print }' "$d/modes")
    for c in "${3%/*}"/* "${3%/*}"/.[!.]*; do
      if [ ! -d "$c" ] || [ -L "$c" ] || grep -q " ${2%/*}/${c##*/}\$" "$d/modes"; then continue; fi
      if holds "$c"; then mv "$c" "$3"; return; fi
    done
  fi
  mkdir "$3"
}

# Whether the directory has all names in $inside, which has some.
holds() {
  [ -n "$inside" ] || return 1
  for name in $inside; do [ -e "$1/$name" ] || return 1; done
}

# Attributes such as "immutable" hold off even root, and so does an entry of an access control list others.
loosen() { if command -v chattr >/dev/null 2>&1; then chattr -ia "$@" 2>/dev/null; fi; }

give() {
  mode=$1 uid=$2 gid=$3 inode=$4 p=$5
  case $mode in l*) return 0 ;; esac
  go "$p" || return 0
  case $mode in
    d*)
      # A link in the directory's place must not be followed: the target may be anywhere.
      [ ! -L "$at" ] || rm -f "$at"
      [ -d "$at" ] || { find_again "$inode" "$p" "$at" && told "$p"; }
      ;;
  esac
  if [ ! -e "$at" ] || [ -L "$at" ]; then return 0; fi
  now=$(modes_of "$at")
  [ "${now% "${now#* * * }"}" = "$mode $uid $gid" ] && return 0
  if [ "$at" != "$p" ]; then
    case $mode in
      d*) if cd -P "$at" && [ "$(pwd -P)" = "${real%/}/${at#./}" ]; then at=.; else cd / && return 0; fi ;;
      *) if give_aside "$mode" "$uid:$gid"; then told "$p"; fi; return 0 ;;
    esac
  fi
  case $mode in *+) ;; *) case $now in ??????????+*) setfacl -b "$at" 2>/dev/null ;; esac ;; esac
  if ! chown "$uid:$gid" "$at" 2>/dev/null; then loosen "$at"; chown "$uid:$gid" "$at" 2>/dev/null; fi
  chmod "$(change "$mode")" "$at" && told "$p"
}

# Only the differences are looked at in turn.
modes() {
  set --
  while IFS= read -r line; do p=${line#* * * * }; set -- "$@" "$p"; done <"$d/modes"
  modes_of "$@" >"$d/modes.now"
  awk -v now="$d/modes.now" '{ line = $0; k = $1 " " $2 " " $3; sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, "") }
    FILENAME == now { is[$0] = k; next } is[$0] != k { print line }' "$d/modes.now" "$d/modes" >"$d/modes.differ"
  while read -r mode uid gid inode p; do give "$mode" "$uid" "$gid" "$inode" "$p"; done <"$d/modes.differ"
}

is_same() {
  if [ ! -f "$2" ] || [ -L "$2" ] || ! cmp -s "$1" "$2"; then return 1; fi
  one=$(modes_of "$1"); two=$(modes_of "$2")
  [ "${one%% *}" = "${two%% *}" ] || return 1
  # Without root, the copy cannot be given to the file's owner.
  if [ "$(id -u)" = 0 ]; then [ "${one% "${one#* * * }"}" = "${two% "${two#* * * }"}" ]; fi
}

# A directory in the way would swallow a file moved to its path.
make_way() { [ ! -d "$1" ] || if [ -L "$1" ]; then rm -f "$1"; else rmdir "$1"; fi 2>/dev/null; }
beside() { tag=${d##*/.ssh-recipes.}; printf '%s/.ssh-recipes.%s.back\n' "${1%/*}" "${tag%%/*}"; }

# The copy is first placed beside the file, so that the path always has a whole file. On the same disk a second name is
# enough and needs no room; "mv" from another disk would remove the old file before copying.
place() {
  # The account's own file in a directory of another owner: no new file can take its place.
  if [ ! -w "${2%/*}/" ] && [ -w "$2" ]; then cat "$1" >"$2" && cmp -s "$1" "$2"; return; fi
  [ -d "${2%/*}/" ] || mkdir -p "${2%/*}/"
  go "$2" || return 1
  if [ "$at" != "$2" ]; then
    is_theirs "$@" || return 1
    place_aside copied "$1" || return 1
    to_disk "$at" .
    rm -f "$1"
    return 0
  fi
  t=$(beside "$2")
  rm -f "$t"
  if ! make_way "$2"; then return 1; fi
  if ! ln "$1" "$t" 2>/dev/null; then
    (: >"$t") 2>/dev/null || loosen "${2%/*}/"
    if ! cp -p "$1" "$t" || ! cmp -s "$1" "$t"; then rm -f "$t"; return 1; fi
    to_disk "$t"
  fi
  if ! mv -f "$t" "$2" 2>/dev/null; then
    loosen "${2%/*}/" "$2"
    if ! mv -f "$t" "$2"; then rm -f "$t"; return 1; fi
  fi
  if command -v restorecon >/dev/null 2>&1; then restorecon "$2" 2>/dev/null; fi
  to_disk "$2" "${2%/*}/"
  # Later contents of the file must not be undone, and would be in the copy as well, if both are the same file.
  rm -f "$1"
  return 0
}

# place_link PATH COMMAND...: puts a link at the path; the command makes the link, at the path of its last argument.
place_link() {
  link=$1; shift
  if ! go "$link"; then failed=1; return; fi
  if [ "$at" != "$link" ]; then
    # A non-empty directory may stay: the files are restored into it.
    if place_aside "$@"; then told "$link"; else [ -d "$at" ] || failed=1; fi
    return
  fi
  if ! make_way "$link"; then return; fi
  t=$(beside "$link")
  rm -f "$t"
  if "$@" "$t" && mv -f "$t" "$link"; then told "$link"; to_disk "${link%/*}/"; else rm -f "$t"; failed=1; fi
}

# take_away PATH: removes a file, a link, or an empty directory.
take_away() {
  go "$1" || return 1
  if [ -d "$at" ] && [ ! -L "$at" ]; then rmdir "$at" 2>/dev/null; else
    rm -f "$at" 2>/dev/null || { loosen "${at%/*}/" "$at"; rm -f "$at"; }
  fi
}

links() {
  [ -e "$d/linked" ] || return 0
  n=0
  while IFS= read -r p; do
    n=$((n + 1))
    copy=$d/links/$n
    if [ ! -L "$copy" ] || { [ -L "$p" ] && [ "$(text_of "$p")" = "$(text_of "$copy")" ]; }; then continue; fi
    place_link "$p" copied "$copy"
  done <"$d/linked"
}

texts() {
  [ -e "$d/targets" ] || return 0
  while IFS= read -r p && IFS= read -r says; do
    if [ -L "$p" ] && [ "$(text_of "$p")" = "$says" ]; then continue; fi
    place_link "$p" linked "$says"
  done <"$d/targets"
}

# same NUMBER: sets $same to the names whose contents are as in the copies. An image has the modes of its files apart.
same() {
  same=
  [ -e "$d/all" ] || return 0
  number=$1
  set --
  for copy in "$d/$number"/* "$d/$number"/.[!.]*; do
    p=$folder/${copy##*/}
    if [ -f "$copy" ] && [ -f "$p" ] && [ ! -L "$p" ]; then set -- "$@" "$p"; fi
  done
  [ "$#" -gt 0 ] || return 0
  checksums "$@" >"$d/sums.now"
  same=$(awk -v now="$d/sums.now" -v copy="$d/$number/" -v place="$folder/" '
    FILENAME != now { if (index($NF, copy) == 1) was[substr($NF, length(copy) + 1)] = $1; next }
    { name = substr($NF, length(place) + 1); if (was[name] == $1) printf " %s ", name }' "$d/sums" "$d/sums.now")
}

put_back() {
  { read -r folder; read -r names; } <"$d/folder.$1"
  same "$1"
  for copy in "$d/$1"/* "$d/$1"/.[!.]*; do
    [ -f "$copy" ] || continue
    p=$folder/${copy##*/}
    case $same in *" ${copy##*/} "*) continue ;; esac
    is_same "$copy" "$p" && continue
    sum=$(checksums "$copy")
    if [ -n "$sum" ] && ! grep -qxF -e "$sum" "$d/sums"; then printf 'damaged %s\n' "$p"; continue; fi
    if place "$copy" "$p"; then told "$p"; else failed=1; fi
  done
  files "$1" >"$d/have"
  awk -v have="$d/have" 'FILENAME != have { had[$0] = 1; next } !($0 in had)' "$d/had.$1" "$d/have" >"$d/came"
  while IFS= read -r p; do
    # A unit's drop-ins, which make no sense without their directory.
    case $p in */systemd/*.d) [ -L "$p" ] || rm -f "$p"/*.conf ;; esac
    take_away "$p" && told "$p"
  done <"$d/came"
}
