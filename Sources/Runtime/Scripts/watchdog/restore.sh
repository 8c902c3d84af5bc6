# Restores everything copied by keep_all: the program `restore` in a watchdog's folder.
#
# Arguments: `boot` if the host is about to start sshd, or nothing to reload sshd.
# Prints: `restored PATH`; `damaged PATH` for a copy that has changed.
# Status: 1 if a file could not be restored; the program may then be run again.

. lib/path.sh
. lib/backup.sh
. lib/boot-unit.sh
. lib/moment.sh

d=${0%/*}
failed=

told() { printf 'restored %s\n' "$1"; }

# Translates `drwxr-sr-x` into the form of chmod.
change() {
  printf '%s\n' "$1" | sed -e 's/^.\(...\)\(...\)\(...\).*/u=\1,g=\2,o=\3/' -e 's/-//g' -e 's/s/xs/g' -e 's/S/s/g' \
    -e 's/t$/xt/' -e 's/T$/t/'
}

# Moves a renamed directory back to its place; makes a missing one anew.
find_again() {
  for c in "${2%/*}"/* "${2%/*}"/.[!.]*; do
    if [ ! -d "$c" ] || [ -L "$c" ]; then continue; fi
    case $(modes_of "$c") in *" $1 $c") mv "$c" "$2"; return ;; esac
  done
  mkdir "$2"
}

modes() {
  while read -r mode uid gid inode p; do
    case $mode in
      l*) continue ;;
      d*)
        # A link in the directory's place must not be followed: it may lead anywhere.
        [ ! -L "$p" ] || rm -f "$p"
        [ -d "$p" ] || { find_again "$inode" "$p" && told "$p"; }
        ;;
    esac
    if [ ! -e "$p" ] || [ -L "$p" ]; then continue; fi
    now=$(modes_of "$p")
    [ "${now% "${now#* * * }"}" = "$mode $uid $gid" ] && continue
    chown "$uid:$gid" "$p" 2>/dev/null
    chmod "$(change "$mode")" "$p" && told "$p"
  done <"$d/modes"
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
beside() { printf '%s/.ssh-recipes.%s.back\n' "${1%/*}" "${d##*.}"; }

# The copy is first placed beside the file, so that the path always has a whole file. On the same disk a second name is
# enough and needs no room; "mv" from another disk would remove the old file before copying.
place() {
  # The account's own file in a directory of another owner: no new file can take its place.
  if [ ! -w "${2%/*}/" ] && [ -w "$2" ]; then cat "$1" >"$2" && cmp -s "$1" "$2"; return; fi
  t=$(beside "$2")
  rm -f "$t"
  if ! make_way "$2"; then return 1; fi
  if ! ln "$1" "$t" 2>/dev/null; then
    if ! cp -p "$1" "$t" || ! cmp -s "$1" "$t"; then rm -f "$t"; return 1; fi
    to_disk "$t"
  fi
  if ! mv -f "$t" "$2"; then rm -f "$t"; return 1; fi
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

put_back() {
  { read -r folder; read -r names; } <"$d/folder.$1"
  for copy in "$d/$1"/* "$d/$1"/.[!.]*; do
    [ -f "$copy" ] || continue
    p=$folder/${copy##*/}
    is_same "$copy" "$p" && continue
    if ! grep -qxF -e "$(checksums "$copy")" "$d/sums"; then printf 'damaged %s\n' "$p"; continue; fi
    if place "$copy" "$p"; then told "$p"; else failed=1; fi
  done
  files "$1" | while IFS= read -r p; do
    if grep -qxF -e "$p" "$d/had.$1"; then continue; fi
    if [ -d "$p" ] && [ ! -L "$p" ]; then rmdir "$p" 2>/dev/null; else rm -f "$p"; fi && told "$p"
  done
}

serve() {
  for f in "$d/$1".*; do
    [ -e "$f" ] || continue
    command -v "$(sed -n 2p "$f")" >/dev/null 2>&1 || continue
    sh -c "$(sed -n 1p "$f")" >/dev/null 2>&1 && return 0
  done
  return 1
}

# Up to ten seconds: after a reload the port is closed for some ten milliseconds, or for seconds on a busy host.
is_open() {
  waited=0
  while [ "$(listening)" = 'closed port' ]; do
    [ "$waited" -lt 200 ] || return 1
    moment
  done
}

if [ -e "$d/word" ] && ! mv -f "$d/word" "$d/restored" 2>/dev/null && [ -e "$d/word" ]; then exit 1; fi
if [ -e "$d/restored" ]; then
  modes
  links
  read -r folders <"$d/folders"
  i=0
  while [ "$i" -lt "$folders" ]; do
    i=$((i + 1))
    put_back "$i"
  done
  modes
  # The watchdog will try again later.
  [ -z "$failed" ] || exit 1
  if [ "${1:-}" = boot ]; then
    # The generator ran before any unit, with the unrestored files.
    for g in /etc /usr/local/lib /usr/lib /lib; do
      [ -x "$g/systemd/system-generators/sshd-socket-generator" ] || continue
      systemctl daemon-reload
      break
    done
  elif [ -e "$d/reload.1" ]; then
    if ! serve reload || ! is_open; then serve restart; fi
  fi
fi
remove_unit 2>/dev/null
rm -rf "$d"
