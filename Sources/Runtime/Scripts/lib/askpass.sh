# make_askpass: makes $d/ask, a program for SSH_ASKPASS that reads one line of its inherited standard input. The folder
#   $d is removed at the script's end.
#
# `read` takes no byte beyond the line, so that the next prompt gets the next line.

. lib/at-end.sh

clean_up() { rm -rf "$d"; }

make_askpass() {
  d=$(umask 077; mktemp -d) || exit 1
  at_end
  # shellcheck disable=SC2016
  printf '#!/bin/sh\nIFS= read -r p\nprintf "%%s\\n" "$p"\n' >"$d/ask" || exit 1
  chmod 700 "$d/ask" || exit 1
}
