# make_askpass: makes $askpass/ask, a program for SSH_ASKPASS that reads one line of its inherited standard input. The
#   folder $askpass is removed at the script's end; so no other function may use this name.
#
# `read` takes no byte beyond the line, so that the next prompt gets the next line.

. lib/at-end.sh

clean_up() { rm -rf "$askpass"; }

make_askpass() {
  askpass=$(umask 077; mktemp -d) || exit 1
  at_end
  # shellcheck disable=SC2016
  printf '#!/bin/sh\nIFS= read -r p\nprintf "%%s\\n" "$p"\n' >"$askpass/ask" || exit 1
  chmod 700 "$askpass/ask" || exit 1
}
