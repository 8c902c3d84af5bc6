# Prints a file's status and the sums of the file's contents.
#
# Arguments: the path; the sums, `sha256`, `cksum` or both; the only size for which sha256 is made, or `any`.
# Prints: `lacks cksum` on a host without cksum, such as some builds of BusyBox; the record of `look` without contents;
#   the wished and possible sums, as `sha256 SUM` and `cksum CRC SIZE`. On a host without cksum only sha256.

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
