# Resolves links in paths.
#
# Arguments: absolute paths, without `.` and `..`.
# Prints: for each `of PATH`, then `place PATH`, without links among the directories, and for a link `target PATH`.

for p do
  d=${p%/*}
  r=$(cd "${d:-/}" 2>/dev/null && pwd -P) || r=$d
  [ "$r" != / ] || r=
  f=$r/${p##*/}
  printf 'of %s\nplace %s\n' "$p" "$f"
  [ -L "$f" ] || continue
  r=$(readlink -f "$f" 2>/dev/null)
  [ -z "$r" ] || printf 'target %s\n' "$r"
done
