# Reads authorized_keys and everything that decides whether sshd accepts the file.
#
# Arguments: the path.
# Prints: `real PATH`; `group GID MEMBERS` and `account NAME UID GID` per group and account; `files`, then the records
#   of `look` for the file and for each parent directory.

. lib/look.sh

f=$1
d=${f%/*}
real=$(cd "$d" 2>/dev/null && pwd -P) && f=$real/${f##*/}
if [ -L "$f" ]; then
  r=$(readlink -f "$f" 2>/dev/null)
  [ -z "$r" ] || f=$r
fi
printf 'real %s\n' "$f"
{ getent group || cat /etc/group; } 2>/dev/null | awk -F: '{ print "group " $3 " " $4 }'
{ getent passwd || cat /etc/passwd; } 2>/dev/null | awk -F: '{ print "account " $1 " " $3 " " $4 }'
set -- "$f"
while [ "$f" != / ] && [ -n "$f" ]; do
  f=${f%/*}
  set -- "$@" "${f:-/}"
done
echo files
look 1048576 "$@"
