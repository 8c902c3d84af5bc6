import Hosts

/// A program for `SSH_ASKPASS` that reads a line of the standard input it inherits.
///
/// `read` takes no byte more than the line, so that the next question gets the next line.
enum LineAskpass {
  /// Makes it as `$d/ask`, in a folder that goes with the script.
  static let text =
    "d=$(umask 077; mktemp -d) || exit 1\n" + AtEnd.doing(#"rm -rf "$d""#) + #"""
      # shellcheck disable=SC2016
      printf '#!/bin/sh\nIFS= read -r p\nprintf "%%s\\n" "$p"\n' >"$d/ask" || exit 1
      chmod 700 "$d/ask" || exit 1

      """#
}
