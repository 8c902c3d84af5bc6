# world: rolls back changes besides files: mounts over paths of the image $d, devices, stopped processes, frozen control
#   groups.

. lib/backup.sh

world() {
  thaw
  devices
  mounts
}

# All stopped processes go on: the manager of sessions may be among them.
thaw() {
  for p in /proc/[0-9]*/stat; do
    read -r line 2>/dev/null <"$p" || continue
    case ${line##*) } in T*) p=${p%/stat}; kill -CONT "${p##*/}" 2>/dev/null ;; esac
  done
  for p in /sys/fs/cgroup/cgroup.freeze /sys/fs/cgroup/*/cgroup.freeze /sys/fs/cgroup/*/*/cgroup.freeze; do
    read -r line 2>/dev/null <"$p" || continue
    [ "$line" = 0 ] || echo 0 >"$p"
  done 2>/dev/null
}

# The kernel's own numbers for devices (Documentation/admin-guide/devices.txt).
devices() {
  [ "$(uname -s)" = Linux ] || return 0
  for line in 'null 1 3' 'zero 1 5' 'full 1 7' 'random 1 8' 'urandom 1 9' 'tty 5 0'; do
    # shellcheck disable=SC2086
    device $line
  done
  [ -e /dev/ptmx ] || ln -s pts/ptmx /dev/ptmx
}

device() {
  p=/dev/$1
  if [ -c "$p" ]; then
    # shellcheck disable=SC2012
    case $(ls -ln "$p" | tr -s ' ') in "crw-rw-rw- "*" $2, $3 "*) return 0 ;; *" $2, $3 "*) chmod 666 "$p"; told "$p"; return ;; esac
  fi
  rm -f "$p" 2>/dev/null || { umount "$p" && rm -f "$p"; } 2>/dev/null
  mknod "$p" c "$2" "$3" && chmod 666 "$p" && told "$p"
}

# A later mount over the image, or over a path that every program needs, is removed; the old options are restored.
mounts() {
  [ -s "$d/mounts" ] || return 0
  cat /proc/self/mounts >"$d/mounts.now"
  awk 'NR == FNR { was[$0] = 1; options[$2 " " $1] = $4; next }
    !($0 in was) && $2 != "/" && !(($2 " " $1) in options) { gone[++n] = $2 }
    !($0 in was) && (($2 " " $1) in options) { print "options", options[$2 " " $1], $2 }
    END { while (n) print "gone", "-", gone[n--] }' "$d/mounts" "$d/mounts.now" |
    while read -r what options at; do
      if [ "$what" = options ]; then
        case $options in ro | ro,*) ;; *) options=rw,$options ;; esac
        mount -o "remount,${options%%,*}" "$at" 2>/dev/null && told "$at"
      elif lies_over "$at"; then
        { umount "$at" || umount -l "$at"; } 2>/dev/null && told "$at"
      fi
    done
}

lies_over() {
  case $1 in /dev | /dev/* | /proc | /proc/* | /sys | /sys/* | /run | /tmp) return 0 ;; esac
  awk -v at="$1" '{ sub(/^[^\/]*/, "") } $0 == at || index($0, at "/") == 1 { found = 1; exit } END { exit !found }' "$d/all" \
    "$d/modes"
}
