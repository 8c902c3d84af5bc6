# Releases the locks of this shell, and removes the copies of the shell's guard (guard-command.sh) unless a command is at
# work or a watchdog needs the copies: the text of the shell's traps, for a normal end and for the loss of the terminal.
#
# A vanishing terminal sends its signals to all processes at once, and sudo repeats them: `rm` must not receive any.

trap '' HUP PIPE TERM
for l in /run/ssh-recipes/*.lock* /var/run/ssh-recipes/*.lock* "$HOME"/.ssh-recipes.*.lock* /tmp/.ssh-recipes.*.lock*; do
  # An account need not look at root's.
  [ ! -L "$l" ] || [ ! -w "${l%/*}" ] || case $(ls -ld "$l") in *":$$:"*) rm -f "$l" ;; esac
done 2>/dev/null
# Root's locks may be on both paths of the same directory; another run's lock keeps the directory.
for d in /run /var/run; do [ ! -d "$d/ssh-recipes" ] || [ ! -w "$d" ] || rmdir "$d/ssh-recipes"; done 2>/dev/null
for d in "$HOME"/.ssh-recipes.* /etc/.ssh-recipes.* /tmp/.ssh-recipes.*; do
  if [ -L "$d" ] || [ ! -O "$d/keeper" ] || [ -e "$d/word" ] || [ -s "$d/work" ]; then continue; fi
  read -r l <"$d/keeper" && [ "$l" = "$$" ] && rm -rf "$d"
done 2>/dev/null
