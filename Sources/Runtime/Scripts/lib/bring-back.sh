# bring_back: makes sshd answer again, step by step until sshd does. Prints `restored sshd` if more than a reload was
#   needed, `rescued PORT`, or `silent`.
# start_anew: the same, and sshd is started anew in any case.
#
# sshd answers if sshd sends the banner: a port can be open without a server behind the port.

. lib/serve.sh
. lib/world.sh
. lib/rescue.sh

hear() {
  if command -v nc >/dev/null 2>&1; then nc "$1" "$2"
  elif command -v ssh-keyscan >/dev/null 2>&1; then ssh-keyscan -T 3 -p "$2" "$1" | sed -n 's/^[^#].*/SSH-/p'
  elif command -v bash >/dev/null 2>&1; then bash -c 'exec 3<>"/dev/tcp/$0/$1" && read -r -t 4 line <&3 && echo "$line"' "$1" "$2"
  fi
}

# $1: the time in twentieths of a second.
answers() {
  read -r port <"$d/port"; read -r address <"$d/address"
  [ -n "$port" ] || return 0
  waited=0
  while :; do
    : >"$d/heard"
    # A pipe that stays open, so that the probe does not end for want of input.
    (sleep 4 | hear "$address" "$port" >"$d/heard" 2>/dev/null) &
    while [ "$waited" -lt "$1" ]; do
      grep -q '^SSH-' "$d/heard" && return 0
      case $waited in 30 | 60 | 90 | 120 | 150 | 180) break ;; esac
      moment
    done
    [ "$waited" -lt "$1" ] || return 1
    moment
  done
}

# Ends a command that would never end, such as a request to a stopped manager.
limited() {
  ("$@" >/dev/null 2>&1) &
  limited=$!
  waited=0
  while kill -0 "$limited" 2>/dev/null && [ "$waited" -lt 400 ]; do moment; done
  kill "$limited" 2>/dev/null
  wait "$limited" 2>/dev/null
}

bring_back() {
  read -r port <"$d/port"
  # Without a port, there is no server to ask.
  [ -n "$port" ] || { limited serve reload; return; }
  thaw
  places
  [ ! -d /run/systemd/system ] || limited systemctl daemon-reload
  if answers 20; then limited serve reload; answers 100 && return 0; fi
  start_anew
}

start_anew() {
  thaw
  places
  unmask
  was=$(listeners)
  limited serve restart
  # The service may not know of the listening sshd.
  if [ -n "$was" ] && [ "$(listeners)" = "$was" ]; then
    free_port
    limited serve restart
  fi
  answers 100 && { echo 'restored sshd'; return 0; }
  free_port
  for command in 'systemctl restart ssh.service' 'systemctl restart sshd.service' 'systemctl restart ssh.socket' \
    'service ssh restart' 'service sshd restart' '/etc/init.d/ssh restart' '/etc/init.d/sshd restart' \
    'rc-service sshd restart' '/etc/init.d/dropbear restart' '/usr/syno/bin/synosystemctl restart sshd' \
    '/etc/rc.d/rc.sshd restart' '/etc/init.d/ssh start' '/etc/init.d/sshd start'; do
    program=${command%% *}
    command -v "$program" >/dev/null 2>&1 || continue
    # shellcheck disable=SC2086
    limited $command
    answers 40 && { echo 'restored sshd'; return 0; }
  done
  [ -n "$rescue" ] || rescue || echo silent
}

places() {
  for place in /run/sshd /var/run/sshd; do
    grep -q "^d.* $place\$" "$d/image/modes" "$d/modes" 2>/dev/null || [ "$place" = /run/sshd ] || continue
    [ -d "${place%/*}" ] || continue
    [ ! -L "$place" ] && [ -e "$place" ] && [ ! -d "$place" ] && rm -f "$place"
    [ -d "$place" ] || mkdir "$place"
    chown 0:0 "$place"; chmod 755 "$place"
  done 2>/dev/null
}

unmask() {
  [ -d /run/systemd/system ] || return 0
  for name in ssh.service sshd.service ssh.socket sshd.socket; do
    # Only units that were there when the run began.
    grep -q "/$name\$" "$d/image/units" 2>/dev/null || [ ! -e "$d/image/units" ] || continue
    limited systemctl unmask "$name"
    limited systemctl unmask --runtime "$name"
    limited systemctl reset-failed "$name"
    limited systemctl thaw "$name"
  done
  limited systemctl daemon-reload
}

# The port is needed for another sshd. Sessions are other processes, and go on.
stop_listening() {
  if [ -d /run/systemd/system ]; then for name in ssh.socket ssh.service sshd.socket sshd.service; do limited systemctl stop "$name"; done; fi
  free_port
}

# At a boot, systemd has read the other units, and may have left out masked units. Units that were active start later.
start_later() {
  systemctl daemon-reload
  [ -s "$d/image/units" ] || return 0
  # shellcheck disable=SC2013 # words
  for name in $(awk -F= '$1 == "Id" { id = $2 } $1 == "ActiveState" { state = $2 }
    /^$/ { if (state == "active") print id; id = state = "" } END { if (state == "active") print id }' "$d/image/units"); do
    systemctl --no-block start "$name"
  done
}

# The processes that listen at the port, except process 1.
listeners() {
  read -r port <"$d/port"
  [ -n "$port" ] && [ -r /proc/net/tcp ] || return 0
  hex=$(printf '%04X' "$port")
  # shellcheck disable=SC2013,SC2012 # words, and no names of files
  for inode in $(awk -v h=":$hex" '$4 == "0A" && substr($2, length($2) - 4) == h { print $10 }' /proc/net/tcp \
    /proc/net/tcp6 2>/dev/null); do
    ls -l /proc/[0-9]*/fd/ 2>/dev/null | awk -v s="socket:[$inode]" '
      /^\/proc/ { p = $1; gsub(/[^0-9]/, "", p) } index($0, s) && p != 1 { print p }'
  done | sort -u
}

free_port() { for p in $(listeners); do kill -KILL "$p" 2>/dev/null; done; }
