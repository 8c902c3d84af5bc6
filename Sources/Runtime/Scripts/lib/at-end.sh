# at_end: has the script's own function `clean_up` called at the end of the script, with or without a signal.
# not_at_end: cancels at_end.
#
# Signals often come in pairs: a terminal that hangs up signals all its processes, and so does sudo. The second
# signal ends a shell in the middle of its EXIT trap, or the trap's `rm`, and the files stay. So the handler of each
# signal does the whole work itself, and from its first command on ignores further signals, as do the programs it
# starts. `clean_up` may be started twice; the second call does everything.

ended() {
  trap '' HUP INT TERM PIPE
  trap - EXIT
  clean_up
}

at_end() { trap ended EXIT; trap 'ended; exit 1' HUP INT TERM PIPE; }
not_at_end() { trap - EXIT HUP INT TERM PIPE; }
