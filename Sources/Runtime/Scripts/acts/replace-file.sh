# Replaces the contents of a file, or makes the file.
#
# Arguments: the path; the mode of a new file; the signs of the expected contents, or `absent`; the signs of the new
#   contents; the beginning of the names of temporary files. For a large file also: `large`; a temporary file of the
#   account's own with the new contents beside the file, to become $t, or nothing; the name for the old file, or nothing.
# Input: the new contents.
# Prints: the file's line of `ls -ldn` afterwards.
# Status: 90 when the path is a link; 91 when the old contents are not the expected ones; 92 when the new contents are
#   not in place afterwards; 1 for an error, with a line of on_disk on standard error.
#
# The signs of contents are all lines that `sign` may print for them, with a blank before and after each.
#
# The new contents are moved into place, so that no reader ever sees half of them. Where a move would lose something (a
# folder without write permission, an access control list, a file of another account), they are written into the file
# itself, from a complete and checked copy. The script removes its temporary files $t and $t.old at the end, except
# $t.old if only this copy has the old contents. Their names are new and cannot be guessed: $t is beside the file, or in
# a directory of its own in /tmp.

. lib/fail.sh
. lib/make-temporary.sh
. lib/to-disk.sh
. lib/at-end.sh

p=$1; mode=$2; want=$3; new=$4; large=${6-}; own=${7-}; kept=${8-}
line_end='
'
umask 077

# sign FILE: sets $signed to the contents' sum by sha256sum, by cksum, which BusyBox may lack, or to the size alone
#   without either; to nothing for an unreadable file. For a large file cksum comes first, since sha256sum takes ten
#   times as long.
sign() {
  signed=
  if ! { true <"$1"; } 2>/dev/null; then return; fi
  if [ -z "$large" ] && h=$(sha256sum 2>/dev/null <"$1"); then signed=s:${h%% *}
  elif h=$(cksum 2>/dev/null <"$1"); then signed=c:${h%% *}-${h#* }
  elif [ -n "$large" ] && h=$(sha256sum 2>/dev/null <"$1"); then signed=s:${h%% *}
  elif h=$(wc -c <"$1"); then signed=n:$((h + 0))
  fi
}

# "cp -p" copies no extended attributes. Capabilities are excluded: a write removes them, and should.
keep_attributes() {
  command -v getfattr >/dev/null 2>&1 || return 0
  [ -n "$(getfattr -dh -m '^(user|trusted)\.' -e hex --absolute-names "$p" 2>/dev/null)" ] || return 0
  a=$(cd "$d" && getfattr -dh -m '^(user|trusted)\.' -e hex "./${p##*/}" 2>/dev/null | sed "1s/.*/# file: ${t##*/}/")
  [ -z "$a" ] || (cd "$d" && printf '%s\n' "$a" | setfattr -h --restore=-) || fail "$t"
}

# The old file stays on the host, too large for the journal. The kept files of earlier runs are removed.
keep_old() {
  ln "$p" "$d/$kept" 2>/dev/null || cp -p "$p" "$d/$kept" || { rm -f "$d/$kept"; fail "$d/"; }
  for f in "$d/.ssh-recipes.before.${p##*/}."*; do [ "$f" = "$d/$kept" ] || rm -f "$f"; done
}

is() {
  sign "$1"
  [ -n "$signed" ] || return 1
  case $2 in *" $signed "*) return 0 ;; esac
  return 1
}

if [ -L "$p" ]; then echo "$p is a link" >&2; exit 90; fi
if [ -e "$p" ]; then
  [ -f "$p" ] || { echo "$p is not a file" >&2; exit 91; }
  is "$p" "$want" || exit 91
  there=1
else
  [ "$want" = absent ] || exit 91
  there=
fi
d=${p%/*}; [ -n "$d" ] || d=/
beside=1
inherits=
[ -w "$d" ] || beside=
if [ -n "$there" ]; then
  # The directory first, since its name is the beginning of the other.
  listing=$(ls -ld "$d" "$p")
  case $listing in ??????????+*) inherits=1 ;; esac
  case ${listing#*"$line_end"} in ??????????+*) beside= ;; esac
  [ -O "$p" ] || [ "$(id -u)" = 0 ] || beside=
fi
half=

# A directory in the file's place, or a link to one, must not swallow the new file. Only a mv without -T goes without.
put() {
  mv -f -T "$t" "$p" 2>/dev/null && return
  case $(mv --help 2>&1) in *' -T'*) mv -f -T "$t" "$p" ;; *) mv -f "$t" "$p" ;; esac
}

whole_again() {
  if [ -z "$half" ]; then return 0; fi
  if [ -z "$there" ]; then rm -f "$p"; return; fi
  # A file that could not be opened for writing was never touched.
  if is "$p" "$want"; then return 0; fi
  # On a full disk: the room of the old contents is free again.
  cat "$t.old" >"$p" && is "$p" "$want"
}

clean_up() {
  [ ! -e "$t" ] || rm -f "$t"
  if ! whole_again; then echo "$p is not whole; its old contents are in $t.old" >&2; return; fi
  [ ! -e "$t.old" ] || rm -f "$t.old"
  [ -n "$beside" ] || rmdir "${t%/*}"
}

# The account's own temporary file takes on the attributes of the old file, without a copy of large contents.
whole=
if [ -n "$own" ] && [ -n "$beside" ]; then
  if [ -z "$there" ] || cp -p --attributes-only "$p" "$own" 2>/dev/null; then whole=1; fi
fi
if [ -n "$whole" ]; then
  t=$own
elif [ -n "$beside" ]; then
  temporary_beside "$d" "$5"
else
  temporary_apart "${TMPDIR:-/tmp}" "$5"
fi
at_end
if [ -n "$whole" ]; then
  if [ -n "$there" ]; then touch "$t" && keep_attributes; fi
elif [ -n "$beside" ] && [ -n "$there" ]; then
  # The umask is not applied in a directory with an access control list for new files.
  [ -z "$inherits" ] || chmod 600 "$t" || fail "$t"
  cp -p "$p" "$t" || fail "$t"
  [ -w "$p" ] && keep=1 || keep=
  [ -w "$t" ] || chmod u+w "$t" || fail "$t"
  keep_attributes
  cat >"$t" || fail "$t"
  [ -n "$keep" ] || chmod u-w "$t" || fail "$t"
else
  [ -z "$beside" ] || [ -n "$there" ] || chmod 600 "$t" || fail "$t"
  cat >"$t" || fail "$t"
fi
is "$t" "$new" || { echo "the file could not be written whole" >&2; fail "$t"; }
if [ -n "$beside" ]; then
  [ -n "$there" ] || [ "${mode#0}" = 600 ] || chmod "$mode" "$t" || fail "$t"
  # A new name may reach the disk before its contents: a power cut would leave an empty file.
  to_disk "$t"
  if command -v restorecon >/dev/null 2>&1; then restorecon -F "$t" >/dev/null 2>&1; fi
  [ -z "$kept" ] || keep_old
  put || fail "$p"
  if command -v restorecon >/dev/null 2>&1; then restorecon "$p" >/dev/null 2>&1; fi
else
  if [ -n "$kept" ]; then echo "the old file is too large to be kept for undo, and cannot be renamed here" >&2; exit 1; fi
  if [ -n "$there" ]; then
    if ! cat "$p" >"$t.old" || ! is "$t.old" "$want"; then fail "$t"; fi
    to_disk "$t.old"
    half=1
  else
    half=1
    (: >"$p") || fail "$p"
    chmod "$mode" "$p" || fail "$p"
  fi
  cat "$t" >"$p" || fail "$p"
  to_disk "$p"
  half=
fi
is "$p" "$new" || exit 92
ls -ldn "$p"
