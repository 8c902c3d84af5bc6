# attributes PATH LISTING: prints `acl LIST` and lines `xattr NAME=VALUE`, if there are any and the host has the tools.
#   SELinux labels are excluded: the policy assigns them.
# look LIMIT PATH...: prints for each path `path NAME`, its line of `ls -ldn`, the lines of `attributes`, and `data N`
#   with N bytes of contents, `large` for more than LIMIT bytes, or `none`. For a path that the system calls absent, only
#   `absent` follows the name; for one that cannot be looked at, `hidden WHY`.
#
# For a name with a newline, GNU `ls` prints one line, others two; such names are refused before.

attributes() {
  case $2 in ??????????+*)
    a=$(getfacl -cEnp "$1" 2>/dev/null | tr '\n' ',') && [ -n "$a" ] && printf 'acl %s\n' "$a" ;;
  esac
  ! command -v getfattr >/dev/null 2>&1 ||
    getfattr -dh -m '^(user\.|trusted\.|security\.capability$)' -e hex --absolute-names "$1" 2>/dev/null |
    sed -n 's/^[a-z]\{1,\}\./xattr &/p'
}

look() {
  limit=$1; shift
  for p do
    printf 'path %s\n' "$p"
    if ! s=$(ls -ldn "$p" 2>/dev/null); then
      s=$(ls -ldn "$p" 2>&1 >/dev/null) || :
      case $s in
        *': No such file or directory' | *': Not a directory') echo absent ;;
        *) printf 'hidden %s\n' "$(printf %s "$s" | tr '\n' ' ')" ;;
      esac
      continue
    fi
    printf '%s\n' "$s"
    attributes "$p" "$s"
    if [ -f "$p" ] && [ -r "$p" ]; then
      n=$(wc -c <"$p"); n=$((n + 0))
      if [ "$n" -le "$limit" ]; then printf 'data %s\n' "$n"; head -c "$n" <"$p"; echo; else echo large; fi
    else echo none
    fi
  done
}
