# Lists key pairs, and the keys in the agent.
#
# Arguments: the folder with the files id_*; the path of a single key to list instead, or nothing; if other agents count
#   than that of SSH_AUTH_SOCK, the word `agents` and their sockets.
# Prints: `tool` if ssh-keygen is installed; `agent`, and `agent LINE` per key, if an agent answers; for each pair the
#   lines of `show_key`.

. lib/show-key.sh

if command -v ssh-keygen >/dev/null 2>&1; then echo tool; fi
folder=$1 only=$2
if [ "${3:-}" = agents ]; then shift 3; else set -- "${SSH_AUTH_SOCK:-}"; fi
command -v ssh-add >/dev/null 2>&1 || set --
for s in "$@"; do
  [ -n "$s" ] || continue
  a=$(SSH_AUTH_SOCK=$s ssh-add -L 2>/dev/null </dev/null); r=$?
  if [ "$r" -lt 2 ]; then echo agent; printf '%s\n' "$a" | sed 's/^/agent /'; fi
done
if [ -n "$only" ]; then show_key "$only"; exit 0; fi
for f in "$folder"/id_*; do
  case $f in
    *-cert.pub) ;;
    *.pub) if [ ! -e "${f%.pub}" ]; then show_key "${f%.pub}"; fi ;;
    *) if [ -f "$f" ]; then show_key "$f"; fi ;;
  esac
done
