# Reads a host's own public keys.
#
# Prints: one key per line.
#
# The public keys are world-readable; dropbear keeps only private keys, readable by root alone.

LC_ALL=C; export LC_ALL
folders='/etc/ssh /usr/local/etc/ssh /etc/config/ssh'
for d in $folders; do
  for f in "$d"/ssh_host_*_key.pub; do
    if [ -r "$f" ]; then cat "$f"; echo; fi
  done
done
for f in /etc/dropbear/dropbear_*_host_key; do
  if [ -r "$f" ]; then dropbearkey -y -f "$f" 2>/dev/null | grep '^[a-z-]* AAAA'; fi
done
exit 0
