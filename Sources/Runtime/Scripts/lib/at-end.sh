# at_end: from here on the script's own function `clean_up` is called at its end, by itself or by a signal.
# not_at_end: from here on there is nothing to clean up any more.
#
# A signal seldom comes alone: a terminal that hangs up sends one to everything in it, and sudo another. The second
# one ends a shell that is about to carry out its EXIT trap for the first, or the `rm` in it, and the files stay. So
# each signal's handler does everything itself, and from its first command on neither it nor any program that it
# starts hears another. `clean_up` may be begun twice, and is then done in whole the second time.

ended() {
  trap '' HUP INT TERM PIPE
  trap - EXIT
  clean_up
}

at_end() { trap ended EXIT; trap 'ended; exit 1' HUP INT TERM PIPE; }
not_at_end() { trap - EXIT HUP INT TERM PIPE; }
