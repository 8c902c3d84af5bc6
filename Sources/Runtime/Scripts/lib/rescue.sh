# rescue: starts the watchdog's own sshd at sshd's port, with the host's binary or the copies of the image. Prints
#   `rescued PORT`, and returns 1 if no rescue sshd answers. Sets $rescue to the process. Called again, because logins
#   still fail, it goes on with the next way.
# wait_for_rescue: waits until the program `end-rescue` in the folder ends the rescue sshd.
#
# The rescue sshd has the earlier configuration, and so refuses everyone whom sshd would refuse. Without PAM, keys still
# work, and so does an account whose PAM stack needs a file outside the image. OpenSSL reads a configuration of its own,
# which can hold up or end every sshd.

. lib/moment.sh
. lib/is-running.sh

rescue=
rescues=' '

rescue() {
  read -r port <"$d/port"
  rescue=
  [ -n "$port" ] || return 1
  config=/etc/ssh/sshd_config
  for sshd in "$(command -v sshd)" /usr/sbin/sshd "$d/rescue/sshd"; do
    if [ "$sshd" = "$d/rescue/sshd" ]; then copies || continue; fi
    [ -x "$sshd" ] || continue
    for option in UsePAM=yes UsePAM=no; do
      case $rescues in *" $sshd/$option "*) continue ;; esac
      rescues="$rescues$sshd/$option "
      rescue_start "$sshd" -D -e -f "$config" -p "$port" -o PidFile=none -o "$option" && return 0
    done
  done
  return 1
}

rescue_start() {
  # systemd removes the directory when it stops sshd.
  places
  # In a session of its own, apart from the processes that end with this program.
  if [ "${1%/*}" = "$d/rescue" ] && [ -x "$d/rescue/loader" ]; then
    # -r: without a new start for each login, by a path that the host's own loader would serve.
    set -- "$d/rescue/loader" --library-path "$d/rescue" "$@" -r
  fi
  if command -v setsid >/dev/null 2>&1; then set -- setsid "$@"; fi
  OPENSSL_CONF=/dev/null "$@" </dev/null >"$d/rescue.log" 2>&1 &
  rescue=$!
  if answers 60; then
    printf '%s\n' "$rescue" >"$d/rescue.pid"
    # shellcheck disable=SC2016
    printf '#!/bin/sh\nread -r p <"%s/rescue.pid" && kill "$p"\n' "$d" >"$d/end-rescue"
    {
      printf 'A rescue sshd of ssh-recipes answers at port %s, since sshd let nobody in.\n' "$port"
      printf 'Repair sshd, then end the rescue sshd: sudo sh %s/end-rescue\n' "$d"
    } >/run/ssh-recipes-rescue 2>/dev/null
    chmod 644 /run/ssh-recipes-rescue 2>/dev/null
    printf 'rescued %s\n' "$port"
    return 0
  fi
  { kill "$rescue"; wait "$rescue"; } 2>/dev/null
  rescue=
  return 1
}

# Of sshd and its libraries, from the image.
copies() {
  [ -d "$d/image" ] || return 1
  mkdir -p "$d/rescue"
  for p in "$d"/image/[0-9]*/*; do
    case ${p##*/} in
      ld-*.so* | ld.so*) cp "$p" "$d/rescue/loader" ;;
      sshd | *.so | *.so.*) cp "$p" "$d/rescue/" ;;
    esac
  done
  # Under the names by which programs ask for them.
  while IFS= read -r p && IFS= read -r to; do
    case ${p##*/} in *.so | *.so.*) [ ! -e "$d/rescue/${to##*/}" ] || cp "$d/rescue/${to##*/}" "$d/rescue/${p##*/}" ;; esac
  done <"$d/image/targets"
  [ -x "$d/rescue/sshd" ]
}

wait_for_rescue() {
  while is_running "$d/rescue.pid"; do sleep 5; done
  rm -f /run/ssh-recipes-rescue
  unmask
  serve restart
}
