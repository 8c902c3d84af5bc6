# Looks at a file without reading it, and sums up its contents.
#
# Arguments: the path; the sums, `sha256`, `cksum` or both; the only size at which sha256 is worth its time, or `any`.
# Prints: `lacks cksum` where the host has none, as some builds of BusyBox; the record of `look` without contents; `sha256 SUM`
#   and `cksum CRC SIZE`, as far as asked for and to be had. Without cksum, sha256 takes its place.

. lib/look.sh

sums=$2
if ! command -v cksum >/dev/null 2>&1; then echo 'lacks cksum'; sums="sha256 only"; fi
look -1 "$1"
[ -f "$1" ] && [ -r "$1" ] || exit 0
n=$(wc -c <"$1")
if [ "$3" = any ] || [ "$((n + 0))" = "$3" ] || [ "$sums" = "sha256 only" ]; then
  case $sums in *sha256*)
    if h=$(sha256sum <"$1" 2>/dev/null) || h=$(shasum -a 256 <"$1" 2>/dev/null); then echo "sha256 ${h%% *}"; fi ;;
  esac
fi
case $sums in *cksum*) if h=$(cksum <"$1" 2>/dev/null); then echo "cksum $h"; fi ;; esac
