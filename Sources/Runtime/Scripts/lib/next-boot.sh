# Starts the watchdog in the folder $d at the host's next boot. Only for root: for other accounts start_at_boot does
# nothing.
#
# start_at_boot SHELL: writes the boot files, by which the host's init starts the watchdog with this shell.
# boot_files: sets $boot_files to the existing boot files and their directories.
# remove_boot_files FILE...: removes the boot files, and then these files and folders.
#
# systemd gets a unit that restores before any unit listens. Other systems start the watchdog with its time over, beside
# sshd: a service of OpenRC, a script in the directory of DSM and FreeBSD, an `@reboot` line of cron. All boot files
# are new files, so that no file of the host changes.

. lib/own-id.sh

name_boot_files() {
  token=${d##*/.ssh-recipes.}
  unit=/etc/systemd/system/ssh-recipes-$token.service
  wanted=/etc/systemd/system/multi-user.target.wants/${unit##*/}
  # cron ignores files with a dot in the name.
  case $token in *.*) token=${token%%.*}-${token#*.} ;; esac
  service=/etc/init.d/ssh-recipes-$token
  runlevel=/etc/runlevels/default/${service##*/}
  script=/usr/local/etc/rc.d/ssh-recipes-$token.sh
  table=/etc/cron.d/ssh-recipes-$token
}

# With the default dependencies the unit would come after the sockets, and systemd would drop one of the two.
# `multi-user.target` wants the unit, as it wants sshd: the whole boot is one transaction, in which only the order
# counts, not the requesting unit.
start_at_boot() {
  own_id
  [ "$me" = 0 ] || return 0
  name_boot_files
  if [ -d /run/systemd/system ]; then
    printf '%s\n' '[Unit]' 'Description=Put back a change that no login has proved' \
      'DefaultDependencies=no' "RequiresMountsFor=$d" 'After=local-fs.target' 'Conflicts=shutdown.target' \
      'Before=ssh.service sshd.service ssh.socket sshd.socket sockets.target shutdown.target' \
      '[Service]' 'Type=oneshot' "ExecStart=$1 $d/restore boot" \
      >"$unit" && { [ -d "${wanted%/*}" ] || mkdir -p "${wanted%/*}"; } && ln -sf "$unit" "$wanted"
    return
  fi
  start="$1 $d/watch 0 </dev/null >/dev/null 2>&1"
  if [ -d "${runlevel%/*}" ]; then
    printf '%s\n' '#!/sbin/openrc-run' 'depend() { after localmount; }' "start() { $start & }" >"$service"
    chmod 700 "$service" && ln -sf "$service" "$runlevel"
  fi
  if [ -d "${script%/*}" ]; then
    # shellcheck disable=SC2016 # for the script
    printf '%s\n' '#!/bin/sh' 'case $1 in start | faststart)' "$start &" ';; esac' >"$script"
    chmod 700 "$script"
  fi
  if [ -d "${table%/*}" ]; then printf '@reboot root %s\n' "$start" >"$table"; fi
}

boot_files() {
  name_boot_files
  boot_files=
  for file in "$unit" "$wanted" "$service" "$runlevel" "$script" "$table"; do
    if [ -e "$file" ]; then boot_files="$boot_files $file ${file%/*}"; fi
  done
}

remove_boot_files() {
  name_boot_files
  rm -rf "$wanted" "$unit" "$runlevel" "$service" "$script" "$table" "$@"
}
