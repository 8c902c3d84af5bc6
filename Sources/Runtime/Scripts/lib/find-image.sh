# Finds the files on which a login depends, on the host, for the image in the folder $d. $user is the run's account,
# $shell the account's login shell; the arguments are places of sshd.
#
# find_image: writes the paths to $d/found, and to $d/folder.N, $d/had.N the folders in which new files count. Sets
#   $folders to the number of these folders.
#
# The processes of the run's own login show their loaded files (Linux, proc(5)): sshd with libraries, the modules of PAM
# and of the name service, sudo, the shells. Files are read for the names of other files: PAM's stacks, nsswitch.conf,
# sshd's configuration. systemd lists sshd's units.

. lib/backup.sh

add() { for p do if [ -e "$p" ] || [ -L "$p" ]; then printf '%s\n' "$p"; fi; done >>"$d/found"; }

# fresh FOLDER PATTERN...: takes the matching files, present and future.
fresh() {
  [ -d "$1" ] || return 0
  folders=$((folders + 1))
  { printf '%s\n' "$1"; shift; printf '%s\n' "$*"; } >"$d/folder.$folders"
  files "$folders" >"$d/had.$folders"
  cat "$d/had.$folders" >>"$d/found"
}

# The processes from this shell up to process 1.
ancestors() {
  up=$$
  while [ "$up" -gt 1 ] && [ -r "/proc/$up/stat" ]; do
    printf '%s\n' "$up"
    read -r line <"/proc/$up/stat" || return 0
    line=${line##*) }; line=${line#* }
    up=${line%% *}
  done
}

mapped() {
  set --
  for up in $(ancestors); do
    [ ! -r "/proc/$up/maps" ] || set -- "$@" "/proc/$up/maps"
    listener=$up
  done
  [ "$#" = 0 ] || cat "$@" 2>/dev/null | awk '$6 ~ /^\// && !/ \(deleted\)$/ && !seen[$6]++ { print $6 }' >>"$d/found"
  [ -z "${listener:-}" ] || while IFS=: read -r _ _ group; do printf '%s\n' "$group"; done <"/proc/$listener/cgroup" >"$d/cgroup"
}

programs() {
  for name in sshd sudo su doas sh login systemctl service dropbear env; do
    p=$(command -v "$name" 2>/dev/null) && case $p in /*) add "$p" ;; esac
  done
  add "$@" "$shell" /bin/sh /bin/bash /sbin/unix_chkpwd /usr/sbin/unix_chkpwd /usr/lib/openssh/* /usr/libexec/openssh/* \
    /usr/libexec/sshd-session /usr/libexec/sshd-auth /usr/lib/ssh/* /usr/lib/sudo/* /usr/libexec/sudo/*
  set --
  for p in "$shell" "$(command -v sshd)" "$(command -v su)"; do [ ! -f "$p" ] || set -- "$@" "$p"; done
  [ "$#" -gt 0 ] || return 0
  # shellcheck disable=SC2046 # paths of libraries have no blanks
  set -- $(ldd "$@" 2>/dev/null | awk '{ for (i = 1; i <= NF; i++) if ($i ~ /^\/[^:]*$/ && !seen[$i]++) print $i }')
  [ "$#" -gt 0 ] || return 0
  printf '%s\n' "$@" >>"$d/found"
  # BusyBox takes one name at a time.
  readlink -f "$@" >>"$d/found" 2>/dev/null || for p do readlink -f "$p" >>"$d/found"; done
}

# Modules are looked up in all places used by distributions.
modules() {
  for folder in /lib/security /lib64/security /lib/*/security /usr/lib/security /usr/lib64/security /usr/lib/*/security \
    /usr/local/lib/security; do
    [ ! -d "$folder" ] || for name do add "$folder/$name"; done
  done
}

pam() {
  set --
  for p in /etc/pam.conf /etc/pam.d/*; do [ ! -f "$p" ] || set -- "$@" "$p"; done
  [ "$#" -gt 0 ] || return 0
  # shellcheck disable=SC2046 # names without blanks
  modules $(cat "$@" | awk '!/^[ \t]*#/ { for (i = 1; i <= NF; i++) if ($i ~ /^[^\/]*\.so$/ && !seen[$i]++) print $i }')
  named "$@"
  fresh /etc/pam.d '*'
  fresh /etc/security '*'
  fresh /etc/security/limits.d '*'
  fresh /etc/security/namespace.d '*'
  fresh /run/faillock "$user"
  fresh /var/lib/faillock "$user"
}

# The absolute paths named in files. Files written by running programs do not count, such as sshd's process number.
named() {
  for p do [ ! -f "$p" ] || set -- "$@" "$p"; shift; done
  [ "$#" -gt 0 ] || return 0
  cat "$@" 2>/dev/null | awk '!/^[ \t]*#/ { while (match($0, /\/[A-Za-z0-9_.\/+@-]+/)) {
    p = substr($0, RSTART, RLENGTH); $0 = substr($0, RSTART + RLENGTH); if (!seen[p]++) print p } }' |
    while IFS= read -r p; do
      case $p in /run/* | /var/run/* | /var/log/* | /proc/* | /sys/* | /dev/* | /tmp/*) continue ;; esac
      [ ! -f "$p" ] || printf '%s\n' "$p"
    done >>"$d/found"
}

# A file of sudo's rules, with the files and directories that it takes in.
sudoers() {
  [ -f "$1" ] || return 0
  case $included in *" $1 "*) return 0 ;; esac
  included="$included$1 "
  add "$1"
  while read -r word path _; do
    case $path in /*) ;; *) path=${1%/*}/$path ;; esac
    case $word in
      @include | '#include') sudoers "$path" ;;
      @includedir | '#includedir')
        case $included in *" $path/ "*) continue ;; esac
        included="$included$path/ "
        fresh "$path" '*'
        for path in "$path"/*; do sudoers "$path"; done ;;
    esac
  done <"$1"
}

names() {
  included=' '
  sudoers /etc/sudoers
  case $included in *" /etc/sudoers.d/ "*) ;; *) fresh /etc/sudoers.d '*' ;; esac
  fresh /etc 'passwd' 'shadow' 'group' 'gshadow' 'master.passwd' 'nsswitch.conf' 'nologin' 'ld.so.*' 'hosts' 'hosts.allow' \
    'hosts.deny' 'host.conf' 'resolv.conf' 'login.*' 'shells' 'environment' 'profile' 'bash*' 'zsh*' 'csh*' 'securetty' \
    'sudo*' 'doas.conf' 'localtime' 'motd' 'krb5.conf' 'crypto-policies' 'inittab' 'rc.local' 'fstab' 'machine-id'
  fresh /run nologin; fresh /var/run nologin
  fresh /etc/ld.so.conf.d '*'; fresh /etc/profile.d '*'; fresh /etc/zsh '*'
  [ -r /etc/nsswitch.conf ] || return 0
  # shellcheck disable=SC2013 # words
  for name in $(awk '/^(passwd|shadow|group|initgroups|hosts):/ { for (i = 2; i <= NF; i++) if (!seen[$i]++) print $i }' \
    /etc/nsswitch.conf); do
    add /lib/"libnss_$name.so.2" /lib64/"libnss_$name.so.2" /lib/*/"libnss_$name.so.2" /usr/lib/"libnss_$name.so.2" \
      /usr/lib64/"libnss_$name.so.2" /usr/lib/*/"libnss_$name.so.2"
  done
}

server() {
  fresh /etc/ssh '*'; fresh /etc/ssh/sshd_config.d '*'; fresh /etc/dropbear '*'
  fresh /etc/default ssh sshd dropbear su login locale; fresh /etc/sysconfig sshd ssh; fresh /etc/conf.d sshd dropbear
  fresh /etc/config dropbear; fresh /etc/init.d 'ssh*' 'sshd*' dropbear; fresh /etc/crypto-policies/back-ends '*'
  named /etc/ssh/sshd_config /etc/ssh/sshd_config.d/* /etc/default/ssh /etc/init.d/ssh
  add /run/sshd /var/run/sshd /var/empty /var/empty/sshd /var/lib/empty /var/chroot/ssh /usr/share/empty.sshd /tmp /dev \
    /dev/pts /dev/shm /proc /sys
}

units() {
  [ -d /run/systemd/system ] || return 0
  unit=$(sed -n 's,.*/\([^/]*\.service\)$,\1,p' "$d/cgroup" 2>/dev/null | head -n 1)
  # shellcheck disable=SC2086 # a unit's name is one word, or none
  systemctl show -p Id -p FragmentPath -p DropInPaths -p EnvironmentFiles -p UnitFileState -p ActiveState \
    ssh.service sshd.service ssh.socket sshd.socket $unit >"$d/units" 2>/dev/null
  awk '{ while (match($0, /\/[^ ]+/)) { print substr($0, RSTART, RLENGTH); $0 = substr($0, RSTART + RLENGTH) } }' \
    "$d/units" | while IFS= read -r p; do [ ! -e "$p" ] || printf '%s\n' "$p"; done >>"$d/found"
  number=$(id -u "$user")
  for folder in /etc/systemd /run/systemd /usr/local/lib/systemd /usr/lib/systemd; do
    case $folder in /etc/* | /run/*) fresh "$folder" '*.conf' '*.conf.d' ;; esac
    for place in "$folder/system" "$folder/system.control"; do
      [ -d "$place" ] || { case $folder in /etc/* | /run/*) : ;; *) continue ;; esac; }
      fresh "$place" 'ssh.*' 'ssh@*' 'sshd*' 'user*' 'session*' 'service.d' 'socket.d' 'slice.d' 'scope.d' 'system*.slice*' '-.slice*' \
        'system.control' 'systemd-logind*' 'systemd-user-sessions*' 'dbus*'
      for drop in "$place"/*.d; do
        case ${drop##*/} in
          ssh.* | ssh@* | sshd* | user* | session* | service.d | socket.d | slice.d | scope.d | system.slice.d | -.slice.d | systemd-logind* | dbus*)
            fresh "$drop" '*' ;;
        esac
      done
      for wants in "$place/multi-user.target.wants" "$place/sockets.target.wants"; do
        fresh "$wants" 'ssh.*' 'ssh@*' 'sshd*'
      done
    done
  done
  fresh /run/systemd/transient 'ssh.*' 'sshd*' 'user*'
  printf '%s\n' "$number" >"$d/number"
}

account() {
  home=$(getent passwd "$user" 2>/dev/null || sed -n "s/^$user:/&/p" /etc/passwd)
  home=${home%:*}; home=${home##*:}
  [ -d "$home" ] || return 0
  add "$home" "$home/.ssh"
  fresh "$home" .bashrc .bash_profile .bash_login .profile .zshenv .zshrc .zprofile .zlogin .cshrc .tcshrc .login .kshrc .mkshrc \
    .pam_environment .shosts .rhosts .k5login .hushlogin
  fresh "$home/.ssh" authorized_keys authorized_keys2 rc environment
  fresh "$home/.config/fish" '*.fish'; fresh "$home/.config/fish/conf.d" '*.fish'
  fresh /root .bashrc .profile
}

find_image() {
  folders=0
  : >"$d/found"
  mapped
  programs "$@"
  pam
  names
  server
  units
  account
}
