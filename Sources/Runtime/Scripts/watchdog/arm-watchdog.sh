# Arms a watchdog: copies what is there while a change that decides about logins is not yet proved, and starts a
# process that restores it unless it is told in time that a login has worked.
#
# Arguments: its folder; the run's word; the seconds until it restores; sshd's port, or nothing; the folder of a
#   rehearsal that is over; the texts of restore.sh and watch.sh; the four lists of keep_lists.
# Status: 0 only once the watchdog was seen at work; 94 when it would end together with this session; 1 when it could
#   not be started. Nothing is left of it unless 0.
#
# The file `word` comes last: with it the watchdog is armed. The rename of that file decides how it ends, and only one
# rename can succeed. A name can be given on a disk that is full, and so the old files get their places as a second
# name and a change of it; where nothing can be written, the watchdog tries again and again.
#
# All of it is on the disk before `word` is, and `word` is before anything is changed: else a power cut would leave
# copies without contents, and a watchdog that believes in them.

. lib/on-disk.sh
. lib/at-end.sh
. lib/keep-all.sh
. lib/start-watchdog.sh

LC_ALL=C; export LC_ALL
umask 077
d=$1; word=$2; limit=$3; port=$4; restore=$6; watch=$7
if [ -s "$5/pid" ]; then kill "$(cat "$5/pid")"; fi
shift 7
mkdir "$d" || { on_disk "$d"; exit 1; }

clean_up() { on_disk "$d"; rm -rf "$d"; }

at_end
keep_lists "$@"
keep_all
write_programs
start_unit

# logind may end all that an account has started together with its session, also what has a session of its own to the
# kernel. Source: logind.conf(5), KillUserProcesses.
logind() {
  busctl get-property org.freedesktop.login1 /org/freedesktop/login1 org.freedesktop.login1.Manager "$1" 2>/dev/null
}

ends_with_session() {
  [ "$(logind KillUserProcesses)" = 'b true' ] || return 1
  case $(logind KillExcludeUsers) in *"\"$1\""*) return 1 ;; esac
  case $(logind KillOnlyUsers) in 'as 0' | *"\"$1\""*) return 0 ;; esac
  return 1
}

if [ -z "$started" ] && [ -d /run/systemd/system ] && ends_with_session "${SUDO_USER:-$(id -un)}"; then exit 94; fi
start_watchdog
not_at_end
