# end_session: ends the SSH session of the run's shell, the process in the file $d/shell. The session's shells release
#   their locks at their end.
#
# A connection that is lost without a word would live on for hours, since the host has nothing to send.

. lib/bring-back.sh
. lib/birth.sh
. lib/process.sh

end_session() {
  # Without a port, the run did not come by SSH.
  read -r port <"$d/port" && [ -n "$port" ] || return 0
  [ -s "$d/shell" ] && read -r pid born <"$d/shell" && [ -n "$born" ] || return 0
  birth_of "$pid"
  [ "$birth" = "$born" ] || return 0
  session=
  servers=" $(listeners | tr '\n' ' ')"
  while [ -n "$pid" ] && [ "$pid" -gt 1 ]; do
    if is_session "$pid"; then session=$pid; fi
    look_at "$pid"
    # Other servers than OpenSSH give their sessions no title.
    case $servers in *" $parent "*) session=$pid; break ;; esac
    pid=$parent
  done
  [ -z "$session" ] || kill -TERM "$session" 2>/dev/null
}
