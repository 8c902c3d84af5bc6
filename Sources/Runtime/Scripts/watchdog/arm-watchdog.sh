# Arms a watchdog for an unproved change that decides about logins: copies the current files and starts a process that
# restores them unless a login is acknowledged in time.
#
# Arguments: the watchdog's folder; the run's word; the seconds until the watchdog restores; sshd's port, or nothing;
#   the texts of restore.sh and watch.sh; the four lists of keep_lists.
# Status: 0 only once the watchdog is running; 94 if it would end together with this session; 1 if it could not be
#   started. Leaves nothing behind unless 0.
#
# The file `word` comes last and arms the watchdog. The rename of this file decides the watchdog's end, and only one
# rename can succeed. A rename works on a full disk, so the old files are restored by a second name and a rename; where
# writing is impossible, the watchdog tries again and again.
#
# Everything is on disk before `word` is, and `word` before any change: otherwise a power cut would leave an armed
# watchdog with empty copies.

. lib/on-disk.sh
. lib/at-end.sh
. lib/keep-all.sh
. lib/start-watchdog.sh

LC_ALL=C; export LC_ALL
umask 077
d=$1; word=$2; limit=$3; port=$4; restore=$5; watch=$6
shift 6
mkdir "$d" || { on_disk "$d"; exit 1; }

clean_up() { on_disk "$d"; remove_boot_files "$d"; }

at_end
keep_lists "$@"
keep_all
write_programs
start_unit

# logind may end all processes of an account together with its session, even those with a session of their own in the
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
