# Looks for a systemd socket that listens in place of sshd.
#
# Prints: `generated UNIT` for a socket with its addresses generated from sshd_config; `own UNIT PATH...` with the files
#   that name the addresses; nothing if sshd itself listens.

[ -d /run/systemd/system ] || exit 0
for unit in ssh.socket sshd.socket; do
  systemctl -q is-active "$unit" 2>/dev/null || continue
  own=$(grep -l '^ListenStream=.' "/etc/systemd/system/$unit" "/etc/systemd/system/$unit.d"/*.conf \
    "/run/systemd/system/$unit.d"/*.conf 2>/dev/null | tr '\n' ' ')
  for d in /etc /usr/local/lib /usr/lib /lib; do
    if [ -z "$own" ] && [ -x "$d/systemd/system-generators/sshd-socket-generator" ]; then
      printf 'generated %s\n' "$unit"
      exit 0
    fi
  done
  printf 'own %s %s\n' "$unit" "${own:-$(systemctl show -p FragmentPath "$unit" | sed 's/.*=//')}"
  exit 0
done
