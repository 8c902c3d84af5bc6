# Restores everything that keep_all has copied: the program `restore` in a watchdog's folder.
#
# Arguments: `boot` where the host is about to start sshd, or nothing where sshd is to be reloaded.
# Prints: `restored PATH`; `damaged PATH` where the copy is not as it was.
# Status: 1 when something could not be restored; it may then be run again.

. lib/path.sh
. lib/backup.sh
. lib/boot-unit.sh
. lib/moment.sh

d=${0%/*}
failed=

told() { printf 'restored %s\n' "$1"; }

# `drwxr-sr-x` as chmod takes it.
change() {
  printf '%s\n' "$1" | sed -e 's/^.\(...\)\(...\)\(...\).*/u=\1,g=\2,o=\3/' -e 's/-//g' -e 's/s/xs/g' -e 's/S/s/g' \
    -e 's/t$/xt/' -e 's/T$/t/'
}

# A directory that was moved away beside its place comes back; one that is gone is made.
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
        # What has its place now is not to be followed: it may lead anywhere.
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
  # Without root the copy could not be given to whom the file belongs.
  if [ "$(id -u)" = 0 ]; then [ "${one% "${one#* * * }"}" = "${two% "${two#* * * }"}" ]; fi
}

# What is a directory by now would take in what is moved to its path.
make_way() { [ ! -d "$1" ] || if [ -L "$1" ]; then rm -f "$1"; else rmdir "$1"; fi 2>/dev/null; }
beside() { printf '%s/.ssh-recipes.%s.back\n' "${1%/*}" "${d##*.}"; }

# Beside its place first, so that there is a whole file at all times. On the same disk a second name will do, and
# needs no room; "mv" from another one would remove the old file, and then begin to copy.
place() {
  # A file of the account's own in a directory that is not: a new one cannot take its place.
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
  # Later contents of the file are not ours to take back, and may be in the copy as well: it is the same file.
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
    # A directory with something in it may stay: the files are put back into it.
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

# For ten seconds: after a reload the port is closed for some ten milliseconds, or for seconds on a busy host.
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
  # Later again: the watchdog does not give up.
  [ -z "$failed" ] || exit 1
  if [ "${1:-}" = boot ]; then
    # It has read the other files before any unit began.
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
