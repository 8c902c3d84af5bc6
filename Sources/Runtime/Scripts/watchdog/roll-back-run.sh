# Has the watchdog over a run roll back at once.
#
# Arguments: the watchdog's folder; `roll-back`; or, after the rollback while logins still fail, `anew` to start sshd
#   anew, and `take-over` for a rescue sshd; `read` once a login works.
# Prints: the watchdog's report; see restore-run.sh.
# Status: 93 if the watchdog had rolled back before; 1 if it gives no report in time, or is not running.
#
# The watchdog does the work with separate tools, since this shell's tools may be broken. So hardly any program is
# started here.

. lib/moment.sh
. lib/use-kit.sh

d=$1
[ -d "$d" ] || exit 93
use_kit
case $2 in
  roll-back) [ -e "$d/word" ] || [ -e "$d/restored" ] || exit 93 ;;
  read) : >"$d/read"; exit ;;
esac
: >"$d/$2" || exit 1
waited=0
while [ ! -e "$d/report" ] || { [ "$2" != roll-back ] && [ -e "$d/$2" ]; }; do
  [ -d "$d" ] || exit 93
  [ "$waited" -lt 1800 ] || exit 1
  moment
done
while IFS= read -r line; do printf '%s\n' "$line"; done <"$d/report"
