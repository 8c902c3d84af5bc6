# make_kit FOLDER: copies the tools that restoring needs, so that they survive every change by a run: BusyBox, or the
#   shell and a few programs, with libraries and loader. $FOLDER/tools names the tools; without this file there is no
#   kit.
#
# A program started through a copied loader, with the copied libraries' path, loads no file of the host.

kit_tools='cat cp mv rm ln ls mkdir rmdir chmod chown sed awk grep sleep md5sum cksum cmp id sync wc tr head readlink sort uname
  mknod umount mount date nc env'

make_kit() {
  mkdir "$1" || return 0
  box=$(command -v busybox 2>/dev/null)
  case $box in
    /*)
      cp "$box" "$1/busybox" || { rm -rf "$1"; return 0; }
      "$box" --list 2>/dev/null >"$1/list"
      for tool in $kit_tools; do grep -qxF -e "$tool" "$1/list" && printf '%s\n' "$tool"; done >"$1/found"
      set -- "$1" "$box"
      ;;
    *)
      kit=$1
      set -- "$kit"
      for tool in sh $kit_tools; do
        p=$(command -v "$tool" 2>/dev/null)
        case $p in /*) ;; *) continue ;; esac
        cp "$p" "$kit/$tool" && set -- "$@" "$p"
        [ "$tool" = sh ] || printf '%s\n' "$tool"
      done >"$kit/found"
      ;;
  esac
  kit=$1; shift
  mkdir "$kit/lib"
  # shellcheck disable=SC2046 # paths of libraries have no blanks
  set -- $(ldd "$@" 2>/dev/null | awk '{ for (i = 1; i <= NF; i++) if ($i ~ /^\/[^:]*$/ && !seen[$i]++) print $i }')
  for p do
    case ${p##*/} in ld-* | ld.so* | ld64*) cp "$p" "$kit/loader" ;; esac
  done
  [ "$#" = 0 ] || cp "$@" "$kit/lib/"
  # The kit is tried before use.
  if [ "$#" -gt 0 ] && [ ! -x "$kit/loader" ]; then rm -rf "$kit"; return 0; fi
  mv "$kit/found" "$kit/tools"
}
