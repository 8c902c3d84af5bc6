# attributes PATH LISTING: prints `acl LIST` and lines `xattr NAME=VALUE`, if there are any and the host has the tools.
#   SELinux labels are excluded: the policy assigns them.
# look LIMIT PATH...: prints for each path `path NAME`, its line of `ls -ldn`, the lines of `attributes`, and `data N`
#   with N bytes of contents, `large` for more than LIMIT bytes, or `none`. For a path that the system calls absent, only
#   `absent` follows the name; for one that cannot be looked at, `hidden WHY`. The two halves: `look_ahead PATH...` asks
#   for many paths at once, and `show LIMIT PATH...` prints the records of some of them.
#
# For a name with a newline, GNU `ls` prints one line, others two; such names are refused before.

attributes() {
  case $2 in ??????????+*)
    a=$(getfacl -cEnp "$1" 2>/dev/null | tr '\n' ',') && [ -n "$a" ] && printf 'acl %s\n' "$a" ;;
  esac
  [ -z "$extended" ] || getfattr -dh -m "$wanted_attributes" -e hex --absolute-names "$1" 2>/dev/null |
    sed -n 's/^[a-z]\{1,\}\./xattr &/p'
}

# size_of LISTING-WORD...: sets $size.
size_of() { size=$5; }

# listed PATH: sets $s to the path's line of $look_all, or to nothing without a line that is the path's beyond doubt:
#   eight words stand in front of the name, and the first is no word of a message. A link has its target behind.
listed() {
  s=
  case $look_all in *" $1$look_newline"*) ;; *) return ;; esac
  look_name=$1
  s=${look_all%%" $look_name$look_newline"*}
  s=${s##*"$look_newline"}
  # shellcheck disable=SC2086 # split into words
  set -- $s
  if [ "$#" = 8 ] && [ "${#1}" -ge 10 ]; then s="$s $look_name"; else s=; fi
}

# is_absent PATH: whether $look_all has the message that the path is absent, in the words of GNU or of the others.
is_absent() {
  if [ -e "$1" ] || [ -L "$1" ]; then return 1; fi
  for look_why in 'No such file or directory' 'Not a directory'; do
    case $look_all in
      *"${look_newline}ls: cannot access '$1': $look_why$look_newline"* | *"${look_newline}ls: $1: $look_why$look_newline"*)
        return 0
        ;;
    esac
  done
  return 1
}

# text_of FILE SIZE: sets $look_text to the file's contents if they are few, and plain ASCII: the shell reads these
#   without another process.
text_of() {
  look_text=; look_line=
  [ "$2" -le 1024 ] || return 1
  while IFS= read -r look_line; do
    case $look_line in *[!"	 "!-~]*) return 1 ;; esac
    look_text=$look_text$look_line$look_newline
  done <"$1"
  case $look_line in *[!"	 "!-~]*) return 1 ;; esac
  look_text=$look_text$look_line
  # The shell drops zero bytes.
  [ "${#look_text}" = "$2" ]
}

look() {
  look_limit=$1; shift
  look_ahead "$@"
  show "$look_limit" "$@"
}

look_newline='
'

look_ahead() {
  # Few files have any, so all are asked at once.
  wanted_attributes='^(user\.|trusted\.|security\.capability$)'
  extended=
  if [ "$#" -gt 0 ] && command -v getfattr >/dev/null 2>&1; then
    extended=$(getfattr -dh -m "$wanted_attributes" -e hex --absolute-names "$@" 2>/dev/null)
  fi
  # One ls for all. A message in the middle of a line only makes that line useless.
  look_all=
  [ "$#" -lt 2 ] || look_all=$look_newline$(ls -ldn "$@" 2>&1)$look_newline
}

show() {
  limit=$1; shift
  case $- in *f*) look_globs=-f ;; *) look_globs=+f ;; esac
  look_ifs=$IFS; set -f; IFS=' '
  for p do
    printf 'path %s\n' "$p"
    listed "$p"
    if [ -z "$s" ] && is_absent "$p"; then echo absent; continue; fi
    if [ -z "$s" ] && ! s=$(ls -ldn "$p" 2>&1); then
      case $s in
        *': No such file or directory' | *': Not a directory') echo absent ;;
        *) printf 'hidden %s\n' "$(printf %s "$s" | tr '\n' ' ')" ;;
      esac
      continue
    fi
    # Such as a message of the loader.
    case $s in *'
'*) s=$(ls -ldn "$p" 2>/dev/null) ;; esac
    printf '%s\n' "$s"
    attributes "$p" "$s"
    if [ -f "$p" ] && [ -r "$p" ]; then
      size=0
      # The kernel's own files have other sizes than listed, and so has the target of a link.
      # shellcheck disable=SC2086 # split into words
      case $s in -*) case $p in /proc/* | /sys/* | /dev/*) ;; *) size_of $s ;; esac ;; esac
      [ "$size" -gt 0 ] 2>/dev/null || { size=$(wc -c <"$p"); size=$((size + 0)); }
      if [ "$size" -gt "$limit" ]; then echo large
      elif text_of "$p" "$size"; then printf 'data %s\n%s\n' "$size" "$look_text"
      else printf 'data %s\n' "$size"; head -c "$size" <"$p"; echo
      fi
    else echo none
    fi
  done
  IFS=$look_ifs; set "$look_globs"
}
