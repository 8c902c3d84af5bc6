/// Puts back what ``ImageScript`` has kept: the program `restore` in a watchdog's folder. Prints `restored PATH` for each. May be
/// run again where it could not do all of it.
enum RestoreScript {
  static let text = #"""
    LC_ALL=C; export LC_ALL
    PATH=$PATH:/usr/sbin:/sbin:/usr/bin:/bin:/usr/local/sbin:/usr/local/bin; export PATH
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
        case $mode in d*) [ -d "$p" ] || { find_again "$inode" "$p" && told "$p"; } ;; esac
        [ -e "$p" ] || continue
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
    put_back() {
      { read -r folder; read -r names; } <"$d/folder.$1"
      for copy in "$d/$1"/* "$d/$1"/.[!.]*; do
        [ -f "$copy" ] || continue
        p=$folder/${copy##*/}
        is_same "$copy" "$p" && continue
        if case $copy in
          */ssh_host_*_key) rm -f "$p"; ln "$copy" "$p" ;;
          # A file of the account's own in a directory that is not.
          *) mv -f "$copy" "$p" 2>/dev/null || { [ "$(id -u)" != 0 ] && cat "$copy" >"$p"; } ;;
        esac; then told "$p"; else failed=1; fi
        if command -v restorecon >/dev/null 2>&1; then restorecon "$p" 2>/dev/null; fi
      done
      files "$1" | while IFS= read -r p; do
        if grep -qxF -e "$p" "$d/had.$1"; then continue; fi
        if [ -f "$p" ] || [ -L "$p" ]; then rm -f "$p" && told "$p"; fi
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
    # For two seconds: after a reload nobody listens for a moment.
    is_open() {
      tries=0
      while [ "$(listening)" = 'closed port' ]; do
        tries=$((tries + 1))
        [ "$tries" -le 40 ] || return 1
        sleep 0.05 2>/dev/null || { sleep 1; tries=$((tries + 19)); }
      done
    }
    if [ -e "$d/word" ] && ! mv -f "$d/word" "$d/restored" 2>/dev/null && [ -e "$d/word" ]; then exit 1; fi
    if [ -e "$d/restored" ]; then
      modes
      read -r folders <"$d/folders"
      i=0
      while [ "$i" -lt "$folders" ]; do
        i=$((i + 1))
        put_back "$i"
      done
      modes
      # Later again: the watchdog does not give up.
      [ -z "$failed" ] || exit 1
      if [ "${1:-}" != boot ] && [ -e "$d/reload.1" ]; then
        if ! serve reload || ! is_open; then serve restart; fi
      fi
    fi
    unit=ssh-recipes-${d##*.}.service
    rm -f "/etc/systemd/system/multi-user.target.wants/$unit" "/etc/systemd/system/$unit" 2>/dev/null
    rm -rf "$d"

    """#
}
