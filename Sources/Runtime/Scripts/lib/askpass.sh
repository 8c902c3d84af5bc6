# make_askpass: makes $askpass/ask, a program for SSH_ASKPASS that reads one line of its inherited standard input. The
#   folder $askpass is removed at the script's end; so no other function may use this name.
#
# `read` takes no byte beyond the line, so that the next prompt gets the next line.

. lib/at-end.sh

clean_up() { rm -rf "$askpass"; }

make_askpass() {
  # The file system of temporary files may be mounted noexec.
  for askpass_place in "${TMPDIR:-/tmp}" "${XDG_RUNTIME_DIR:-/tmp}" "$HOME" /dev/shm; do
    askpass=$(umask 077; mktemp -d "$askpass_place/.ssh-recipes.XXXXXXXX" 2>/dev/null) || continue
    at_end
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nIFS= read -r p\nprintf "%%s\\n" "$p"\n' >"$askpass/ask" && chmod 700 "$askpass/ask" &&
      [ -x "$askpass/ask" ] && return
    not_at_end
    clean_up
  done
  echo "no folder for a program of a moment: ${TMPDIR:-/tmp}, $HOME and /dev/shm are full, read-only or mounted noexec" >&2
  exit 1
}
