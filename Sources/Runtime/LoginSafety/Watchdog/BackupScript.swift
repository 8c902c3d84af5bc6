import Hosts

/// The copy of what a login depends on, in a watchdog's folder `$d`: modes and owners, links, and files as they were, with the
/// sums of the copies.
enum BackupScript {
  /// Needs the lists of ``WatchdogScript/begin``.
  static let text = functions + image

  static let functions =
    DiskSync.function + #"""
      # For each path that is there: MODE UID GID INODE PATH, in the order of their names.
      modes_of() {
        # shellcheck disable=SC2012
        ls -ldin "$@" 2>/dev/null | awk '
          { head = $2 " " $4 " " $5 " " $1; for (n = 1; n < 10; n++) sub(/^ *[^ ]+ +/, "")
            if (head ~ /^l/) sub(/ -> .*/, ""); print head, $0 }'
      }
      # $1 the number of a folder: its watched files that are there, one a line.
      files() {
        { read -r folder; read -r names; } <"$d/folder.$1"
        set -f
        for name in $names; do
          set +f
          for p in "$folder"/$name; do
            if [ -e "$p" ] || [ -L "$p" ]; then printf '%s\n' "$p"; fi
          done
          set -f
        done
        set +f
      }
      # What the link $1 says.
      text_of() {
        readlink "$1" 2>/dev/null && return
        # shellcheck disable=SC2012
        line=$(ls -ld "$1" 2>/dev/null)
        printf '%s\n' "${line#*" $1 -> "}"
      }
      sums() { cksum "$@" 2>/dev/null || for f do wc -c "$f" || return 1; done; }
      listening() {
        read -r port <"$d/port"
        [ -n "$port" ] || return 0
        cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | awk -v p="$(printf ':%04X' "$port")" '
          $4 == "0A" && substr($2, length($2) - 4) == p { found = 1 } END { print (found ? "open" : "closed"), "port" }'
      }

      """#

  static let image =
    LinkScript.text + #"""
      # A private key is not copied: it gets a second name.
      keep() {
        files "$1" >"$d/had.$1"
        number=$1; shift
        while IFS= read -r p; do
          if [ ! -f "$p" ] || [ -L "$p" ] || [ ! -r "$p" ]; then continue; fi
          case ${p##*/} in
            moduli) ;;
            ssh_host_*_key)
              modes_of "$p" >>"$d/modes"
              ln "$p" "$d/$number/" 2>/dev/null
              ;;
            *) set -- "$@" "$p" ;;
          esac
        done <"$d/had.$number"
        [ "$#" = 0 ] || cp -p "$@" "$d/$number/"
      }
      follow_all || exit 1
      set --
      while IFS= read -r p; do set -- "$@" "$p"; done <"$d/paths"
      : >"$d/modes"
      [ "$#" = 0 ] || modes_of "$@" >"$d/modes"
      i=0; set --
      while [ "$i" -lt "$folders" ]; do i=$((i + 1)); set -- "$@" "$d/$i"; done
      [ "$#" = 0 ] || mkdir "$@" || exit 1
      i=0
      while [ "$i" -lt "$folders" ]; do
        i=$((i + 1))
        keep "$i" || exit 1
      done
      set --
      for p in "$d"/[0-9]*/* "$d"/[0-9]*/.[!.]*; do [ ! -f "$p" ] || set -- "$@" "$p"; done
      : >"$d/sums"
      [ "$#" = 0 ] || sums "$@" >"$d/sums" || exit 1

      """#

  /// `survey`: all that a login may depend on, in lines whose last word is a path.
  static let survey = #"""
    survey() {
      set --
      while IFS= read -r p; do set -- "$@" "$p"; done <"$d/paths"
      [ "$#" = 0 ] || modes_of "$@"
      read -r folders <"$d/folders"
      i=0
      while [ "$i" -lt "$folders" ]; do i=$((i + 1)); files "$i"; done >"$d/now"
      set --
      while IFS= read -r p; do set -- "$@" "$p"; done <"$d/now"
      if [ "$#" -gt 0 ]; then
        # A size that grows moves all columns.
        # shellcheck disable=SC2012
        ls -ldn "$@" 2>/dev/null | tr -s ' ' | sed 's,^\(l.*\) \(/.*\) -> \(.*\)$,\1 -> \3 \2,'
        cksum "$@" 2>/dev/null
      fi
      listening
    }

    """#
}
