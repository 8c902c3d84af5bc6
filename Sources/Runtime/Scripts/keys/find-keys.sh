# Lists key pairs, and the keys in the agent.
#
# Arguments: the folder with the files id_*; the path of a single key to list instead, or nothing.
# Prints: `tool` if ssh-keygen is installed; `agent`, and `agent LINE` per key, if an agent answers; for each pair the
#   lines of `show_key`.

. lib/show-key.sh

if command -v ssh-keygen >/dev/null 2>&1; then echo tool; fi
if [ -n "${SSH_AUTH_SOCK:-}" ] && command -v ssh-add >/dev/null 2>&1; then
  a=$(ssh-add -L 2>/dev/null </dev/null); r=$?
  if [ "$r" -lt 2 ]; then echo agent; printf '%s\n' "$a" | sed 's/^/agent /'; fi
fi
if [ -n "$2" ]; then show_key "$2"; exit 0; fi
for f in "$1"/id_*; do
  case $f in
    *-cert.pub) ;;
    *.pub) if [ ! -e "${f%.pub}" ]; then show_key "${f%.pub}"; fi ;;
    *) if [ -f "$f" ]; then show_key "$f"; fi ;;
  esac
done
