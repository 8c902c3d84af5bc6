# Finds the numbers of a user and a group by their names.
#
# Arguments: the user; the group. Either may be empty.
# Prints: `user NUMBER` and `group NUMBER`, without a number for an unknown name.
#
# Only `id` and /etc/group are available everywhere; DSM has no `getent`.

if [ -n "$1" ]; then printf 'user %s\n' "$(id -u "$1" 2>/dev/null)"; fi
if [ -n "$2" ]; then
  if command -v getent >/dev/null 2>&1; then n=$(getent group "$2" | cut -d: -f3)
  else n=$(awk -F: -v g="$2" '$1 == g { print $3; exit }' /etc/group)
  fi
  printf 'group %s\n' "$n"
fi
