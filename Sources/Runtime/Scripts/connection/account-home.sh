# Sets HOME to the home in the account database, where sshd and ssh look: sent to a shell once, behind prologue.sh.
#
# Start-up files, `su`, `sudo -E`, cron and CI set HOME to other places. Of several names for one account number, the
# one that logged in counts. A tilde is expanded by the shell itself, since getent is missing on macOS and BusyBox; the
# name of a domain account would not survive that, and is asked for.
#
# Leaves the output of `id` in $account_ids for the first scripts, if `id` was asked about this account.

. lib/own-id.sh

own_id
account_ids=
case $me${LOGNAME:-} in
  0root) home_account=root ;;
  *)
    account_ids=$(id "${LOGNAME:--}" 2>/dev/null)
    case $account_ids in
      "uid=$me("*) home_account=$LOGNAME ;;
      *) home_account=$(id -un 2>/dev/null) account_ids= ;;
    esac
    ;;
esac
home_path=
case $home_account in
  '' | [-.]* | *[!A-Za-z0-9._-]*) home_path=$(getent passwd "$home_account" 2>/dev/null | cut -d: -f6) ;;
  *) eval "home_path=~$home_account" ;;
esac
case $home_path in /*) HOME=$home_path; export HOME ;; esac
unset home_account home_path me own_key
unset -f own_id
