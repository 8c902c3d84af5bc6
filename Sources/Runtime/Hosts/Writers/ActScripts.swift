import Formats

/// The scripts behind acts. Each checks what it expects, acts, and looks again; 91 means that something else was there,
/// 92 that the act said "done" and was not.
enum ActScripts {
  static let changedMeanwhile: Int32 = 91
  static let notAsWanted: Int32 = 92

  /// `fail PATH`: ends the script, and tells the file system that the path is on.
  private static let failing = FileSystemLine.function + "fail() { on_disk \"$1\"; exit 1; }\n"

  /// The temporary files `$t` and `$t.old` go with the script; the second one stays where it alone has the old contents.
  private static let ending = #"""
      half=
      whole_again() {
        if [ -z "$half" ]; then return 0; fi
        if [ -z "$there" ]; then rm -f "$p"; return; fi
        # One that could not be opened for writing was never touched.
        if is "$p" "$want"; then return 0; fi
        # Where there is no room: that of the old contents is free again.
        cat "$t.old" >"$p" && is "$p" "$want"
      }

    """#
    + AtEnd.doing(
      #"""
      rm -f "$t"
      if whole_again; then rm -f "$t.old"; else echo "$p is not whole; its old contents are in $t.old" >&2; fi
      """#)

  /// `$1` path, `$2` mode of a new file, `$3` signs of the contents that are expected (``Checksum/signs(of:)``) or
  /// `absent`, `$4` signs of the new contents, `$5` a name for the temporary file; the contents on standard input.
  ///
  /// The new contents are moved into place, so that nobody ever sees half of them. Where that is not possible without
  /// loss (a folder without write permission, an ACL, a file of somebody else) they are written into the file itself, from
  /// a complete and checked copy.
  static let replaceFile =
    failing + DiskSync.function + #"""
      p=$1; mode=$2; want=$3; new=$4
      umask 077
      sum() {
        if h=$(sha256sum 2>/dev/null); then echo "s:${h%% *}"
        elif h=$(cksum <"$1" 2>/dev/null); then echo "c:${h%% *}-${h#* }"
        else h=$(wc -c <"$1"); echo "n:$((h + 0))"
        fi <"$1"
      }
      # No "cp -p" copies extended attributes. Capabilities are no part: writing takes them away, and should.
      keep_attributes() {
        command -v getfattr >/dev/null 2>&1 || return 0
        a=$(cd "$d" && getfattr -dh -m '^(user|trusted)\.' -e hex "./${p##*/}" 2>/dev/null | sed "1s/.*/# file: ${t##*/}/")
        [ -z "$a" ] || (cd "$d" && printf '%s\n' "$a" | setfattr -h --restore=-) || fail "$t"
      }
      is() { case $2 in *" $(sum "$1") "*) return 0 ;; esac; return 1; }
      if [ -L "$p" ]; then echo "$p is a link" >&2; exit 91; fi
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
      [ -w "$d" ] || beside=
      if [ -n "$there" ]; then
        case $(ls -ld "$p") in ??????????+*) beside= ;; esac
        [ -O "$p" ] || [ "$(id -u)" = 0 ] || beside=
      fi
      if [ -n "$beside" ]; then t=$d/$5; else t=${TMPDIR:-/tmp}/$5; fi

      """# + ending + #"""
      rm -f "$t" "$t.old"
      if [ -n "$beside" ] && [ -n "$there" ]; then
        cp -p "$p" "$t" || fail "$t"
        [ -w "$p" ] && keep=1 || keep=
        chmod u+w "$t" || fail "$t"
        keep_attributes
        cat >"$t" || fail "$t"
        [ -n "$keep" ] || chmod u-w "$t" || fail "$t"
      else
        cat >"$t" || fail "$t"
      fi
      is "$t" "$new" || { echo "the file could not be written whole" >&2; fail "$t"; }
      if [ -n "$beside" ]; then
        [ -n "$there" ] || chmod "$mode" "$t" || fail "$t"
        # A name is sooner on the disk than what it names: after a power cut the file would be there, and empty.
        to_disk "$t"
        if command -v restorecon >/dev/null 2>&1; then restorecon -F "$t" >/dev/null 2>&1; fi
        mv -f "$t" "$p" || fail "$p"
        if command -v restorecon >/dev/null 2>&1; then restorecon "$p" >/dev/null 2>&1; fi
      else
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

      """#

  /// `$1` path, `$2` mode in octal. Prints the line of `ls` afterwards.
  static let setMode =
    failing + #"""
      chmod "$2" "$1" || fail "$1"
      ls -ldn "$1"

      """#

  /// `$1` path, `$2` user, group or both as chown takes them. Prints the line of `ls` afterwards.
  static let setOwner =
    failing + #"""
      chown "$2" "$1" || fail "$1"
      ls -ldn "$1"

      """#

  /// `$1` path, `$2` an access control list or nothing; extended attributes, as getfattr writes them, on standard input.
  static let setAttributes =
    failing + #"""
      x=$(cat)
      if [ -n "$2" ]; then setfacl -k --set "$2" "$1" || fail "$1"; fi
      [ -z "$x" ] || printf '%s\n' "$x" | setfattr -h --restore=- || fail "$1"

      """#

  /// `$1` path, `$2` mode in octal. Prints the line of `ls` afterwards.
  static let makeDirectory =
    failing + #"""
      if [ -e "$1" ] || [ -L "$1" ]; then exit 91; fi
      mkdir -m "$2" "$1" || fail "$1"
      ls -ldn "$1"

      """#

  /// `$1` path, `$2` where it leads to, `$3` the owner of the link itself as chown takes it, or nothing.
  static let makeLink =
    failing + #"""
      if [ -e "$1" ] || [ -L "$1" ]; then exit 91; fi
      ln -s -- "$2" "$1" || fail "$1"
      [ -z "$3" ] || chown -h "$3" "$1" || { rm -f "$1"; fail "$1"; }
      [ -L "$1" ] || exit 92

      """#

  /// `$1` path.
  static let remove =
    failing + #"""
      if [ -d "$1" ] && [ ! -L "$1" ]; then rmdir "$1" || fail "$1"; else rm -f "$1" || fail "$1"; fi
      if [ -e "$1" ] || [ -L "$1" ]; then exit 92; fi

      """#
}
