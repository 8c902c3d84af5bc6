# Turns a channel with a terminal into root's shell.
#
# Arguments: the three of become-root.sh; the tool: `sudo`, `doas` or `su`.
#
# Sent in the same way as become-root.sh. Only sudo accepts a prompt of ours; the others print `assword:` in the C
# locale.
#
# `tee` stands in front of the shell, which would prompt and edit lines if its own input were the terminal. Not `cat`:
# BusyBox's asks the kernel for a `sendfile`, which delivers nothing after the first line of a terminal (seen with 1.35
# on Linux 6.18).

. lib/path.sh

stty -echo -opost;
begin="stty raw -echo -opost; printf %s%s $1 $2; tee /dev/null | sh";
case $4 in
  sudo) exec sudo -H -p "$3" sh -c "$begin" ;;
  doas) exec doas sh -c "$begin" ;;
  su) exec su root -c "$begin" ;;
esac;
