# Rolls a run back: the program `restore` in the folder of the watchdog over the run. Restores the states kept before
# each act, the newest first, and brings logins back.
#
# Arguments: `boot` if the host is about to start sshd, or nothing.
# Prints: `restored PATH`; `damaged PATH` for a changed copy; `rescued PORT` if a rescue sshd answers now; `silent` if
#   no sshd answers; `incomplete` if a file could not be restored. The same report stays in the file `report` until the
#   run has read the file.
# Status: 1 if the rollback cannot begin.

. lib/path.sh
. lib/backup.sh
. lib/next-boot.sh
. lib/restore-files.sh
. lib/use-kit.sh
. lib/world.sh
. lib/bring-back.sh
. lib/end-session.sh
. lib/rescue.sh
. lib/network.sh
. lib/is-running.sh

d=${0%/*}
top=$d
failed=
use_kit

restore_step() {
  read -r mode rest <"$1"
  case $mode in
    image)
      d=$top/image
      world
      modes
      texts
      read -r folders <"$d/folders"
      i=0
      while [ "$i" -lt "$folders" ]; do i=$((i + 1)); put_back "$i"; done
      modes
      d=$top
      ;;
    absent)
      [ -e "$rest" ] || [ -L "$rest" ] || return 0
      take_away "$rest"
      [ -e "$rest" ] || told "$rest"
      ;;
    *)
      # shellcheck disable=SC2086
      IFS=' ' read -r mode uid gid inode p <"$1"
      if [ -L "$1.copy" ]; then
        if [ ! -L "$p" ] || [ "$(text_of "$p")" != "$(text_of "$1.copy")" ]; then
          place_link "$p" copied "$1.copy"
        fi
      elif [ -f "$1.copy" ] && ! is_same "$1.copy" "$p"; then
        if place "$1.copy" "$p" "$uid $gid"; then told "$p"; else failed=1; fi
      fi
      give "$mode" "$uid" "$gid" "$inode" "$p"
      ;;
  esac
}

roll_back() {
  n=0
  while [ -e "$d/step.$((n + 1))" ]; do n=$((n + 1)); done
  while [ "$n" -gt 0 ]; do
    restore_step "$top/step.$n"
    n=$((n - 1))
  done
  cd /
}

if [ -e "$d/word" ] && ! mv -f "$d/word" "$d/restored" 2>/dev/null && [ -e "$d/word" ]; then exit 1; fi
if is_running "$d/working"; then exit 0; fi
echo $$ >"$d/working"
if [ -e "$d/restored" ]; then
  asked=
  if [ -e "$d/roll-back" ]; then asked=1; else end_session; fi
  roll_back >"$d/told"
  [ -z "$failed" ] || echo incomplete >>"$d/told"
  cat "$d/told"
  if [ "${1:-}" = boot ]; then
    [ ! -d /run/systemd/system ] || start_later
  else
    # As long as the run is there to ask for it, other programs' rules and routes stay.
    [ -n "$asked" ] || network >>"$d/told"
    bring_back >"$d/brought"
    cat "$d/brought" >>"$d/told"
    cat "$d/brought"
  fi
  mv -f "$d/told" "$d/report"
  # The run reads the report, and tries a login: if the login fails, the run asks for more.
  rounds=0
  while [ -n "$asked" ] && [ ! -e "$d/read" ] && [ "$rounds" -lt 3600 ]; do
    if [ -e "$d/anew" ]; then more=anew; elif [ -e "$d/take-over" ]; then more=rescue; else more=; fi
    case $more in
      anew) network >"$d/told"; start_anew >>"$d/told" ;;
      rescue) stop_listening; rescue >"$d/told" || start_anew >"$d/told" ;;
    esac
    if [ -n "$more" ]; then mv -f "$d/told" "$d/report"; rm -f "$d/anew" "$d/take-over"; rounds=0; fi
    moment
    rounds=$((rounds + 1))
  done
  if [ -n "$rescue" ]; then wait_for_rescue; fi
fi
remove_boot_files "$d" 2>/dev/null
