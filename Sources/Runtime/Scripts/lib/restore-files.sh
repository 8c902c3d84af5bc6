# Restores the copies of keep_all or keep-image.sh in the folder $d. Sets $failed if a file could not be restored; the
# caller may then try again.
#
# give MODE UID GID INODE PATH: sets this mode and owner; makes a missing directory again.
# modes: the modes and owners of $d/modes.
# links: the links of $d/linked. texts: those of $d/targets, lines of two: path, target.
# put_back NUMBER: the files of the folder with this number.
# place COPY PATH: the copy at its path, at once and whole.
#
# They print `restored PATH`, and `damaged PATH` for a changed copy.

. lib/backup.sh

told() { printf 'restored %s\n' "$1"; }

# Translates `drwxr-sr-x` into the form of chmod.
change() {
  printf '%s\n' "$1" | sed -e 's/^.\(...\)\(...\)\(...\).*/u=\1,g=\2,o=\3/' -e 's/-//g' -e 's/s/xs/g' -e 's/S/s/g' \
    -e 's/t$/xt/' -e 's/T$/t/'
}

# Moves a renamed directory back; makes a missing directory again. On some file systems (overlayfs), renaming changes
# the inode number; for an image, the names in the directory then identify the directory.
find_again() {
  for c in "${2%/*}"/* "${2%/*}"/.[!.]*; do
    if [ ! -d "$c" ] || [ -L "$c" ]; then continue; fi
    case $(modes_of "$c") in *" $1 $c") mv "$c" "$2"; return ;; esac
  done
  if [ -e "$d/all" ]; then
    inside=$(awk -v p="$2/" '{ sub(/^[^ ]+ [^ ]+ [^ ]+ [^ ]+ /, "") }
      index($0, p) == 1 { $0 = substr($0, length(p) + 1); sub(/\/.*/, ""); if (!seen[$0]++ && n++ < 5) print }' "$d/modes")
    for c in "${2%/*}"/* "${2%/*}"/.[!.]*; do
      if [ ! -d "$c" ] || [ -L "$c" ] || grep -q " $c\$" "$d/modes"; then continue; fi
      if holds "$c"; then mv "$c" "$2"; return; fi
    done
  fi
  mkdir "$2"
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
  case $mode in
    l*) return 0 ;;
    d*)
      # A link in the directory's place must not be followed: the target may be anywhere.
      [ ! -L "$p" ] || rm -f "$p"
      [ -d "$p" ] || { find_again "$inode" "$p" && told "$p"; }
      ;;
  esac
  if [ ! -e "$p" ] || [ -L "$p" ]; then return 0; fi
  now=$(modes_of "$p")
  [ "${now% "${now#* * * }"}" = "$mode $uid $gid" ] && return 0
  case $mode in *+) ;; *) case $now in ??????????+*) setfacl -b "$p" 2>/dev/null ;; esac ;; esac
  if ! chown "$uid:$gid" "$p" 2>/dev/null; then loosen "$p"; chown "$uid:$gid" "$p" 2>/dev/null; fi
  chmod "$(change "$mode")" "$p" && told "$p"
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
  t=$(beside "$2")
  rm -f "$t"
  [ -d "${2%/*}/" ] || mkdir -p "${2%/*}/"
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

links() {
  [ -e "$d/linked" ] || return 0
  n=0
  while IFS= read -r p; do
    n=$((n + 1))
    copy=$d/links/$n
    if [ ! -L "$copy" ] || { [ -L "$p" ] && [ "$(text_of "$p")" = "$(text_of "$copy")" ]; }; then continue; fi
    # A non-empty directory may stay: the files are restored into it.
    if ! make_way "$p"; then continue; fi
    t=$(beside "$p")
    rm -f "$t"
    if cp -pRP "$copy" "$t" && mv -f "$t" "$p"; then told "$p"; to_disk "${p%/*}/"; else rm -f "$t"; failed=1; fi
  done <"$d/linked"
}

texts() {
  [ -e "$d/targets" ] || return 0
  while IFS= read -r p && IFS= read -r says; do
    if [ -L "$p" ] && [ "$(text_of "$p")" = "$says" ]; then continue; fi
    if ! make_way "$p"; then continue; fi
    t=$(beside "$p")
    rm -f "$t"
    if ln -s "$says" "$t" && mv -f "$t" "$p"; then told "$p"; else rm -f "$t"; failed=1; fi
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
    if [ -d "$p" ] && [ ! -L "$p" ]; then rmdir "$p" 2>/dev/null; else
      rm -f "$p" 2>/dev/null || { loosen "${p%/*}/" "$p"; rm -f "$p"; }
    fi && told "$p"
  done <"$d/came"
}
