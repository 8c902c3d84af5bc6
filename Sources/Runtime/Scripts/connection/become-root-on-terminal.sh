# Turns a channel with a terminal into root's shell.
#
# Arguments: those of become-root.sh; the tool: `sudo`, `doas` or `su`.
# Prints, and ends: as become-root.sh.
#
# Sent in the same way as become-root.sh. Only sudo accepts a prompt of ours; the others print `assword:` in the C
# locale.

. lib/path.sh

stty -echo -opost;
printf %s%s "$2" "$1";
case $6$5 in
  sudoplain) exec sudo -u root sh -c "$4" ;;
  sudo*) SUDO_PROMPT="$3%p:"; export SUDO_PROMPT; exec sudo -H -u root sh -c "$4" ;;
  doas*) exec doas -u root sh -c "$4" ;;
  su*) exec su root -c "$4" ;;
esac;
