# shellcheck shell=bash
# Small root file systems: BusyBox and a few programs taken from a Debian tree.

# The folders of a system with a merged /usr.
small_root() {
  local root=$1 folder
  mkdir -p "$root"/{dev,etc,home,mnt,proc,root,run,sys,tmp,usr/{bin,sbin,lib,lib64},var/{lib,log,empty}}
  for folder in bin sbin lib lib64; do ln -s "usr/$folder" "$root/$folder"; done
  ln -s ../run "$root/var/run"
  chmod 1777 "$root/tmp"
  chmod 700 "$root/root"
  touch "$root/var/log/wtmp" "$root/var/log/lastlog"
}

# copy_files ROOT BASE PATH…: the files, with mode and owner, links followed.
copy_files() {
  local root=$1 base=$2 path
  shift 2
  for path in "$@"; do
    mkdir -p "$root$(dirname "$path")"
    # Within the tree: an absolute link in it would otherwise lead into the machine's own files.
    cp -p "$base$(chroot "$base" readlink -f "$path")" "$root$path"
  done
}

# copy_programs ROOT BASE PATH…: the files and the shared libraries that they need.
copy_programs() {
  local root=$1 base=$2 libraries
  shift 2
  copy_files "$root" "$base" "$@"
  mapfile -t libraries < <(chroot "$base" ldd "$@" 2>/dev/null | awk '/^\t/ && match($0, /\/[^ ]*/) {
    print substr($0, RSTART, RLENGTH) }' | sort -u)
  copy_files "$root" "$base" "${libraries[@]}"
}

# busybox_links ROOT APPLET…: links for all applets but these. What the root has already stays.
busybox_links() {
  local root=$1 applet folder
  shift
  for applet in $(chroot "$root" /bin/busybox --list); do
    [[ " $* " != *" $applet "* ]] || continue
    case "$applet" in
      init | halt | poweroff | reboot | syslogd | klogd | ifconfig | route | ip | nologin | start-stop-daemon | sysctl)
        folder=sbin
        ;;
      *) folder=bin ;;
    esac
    [ -e "$root/usr/$folder/$applet" ] || ln -s /bin/busybox "$root/usr/$folder/$applet"
  done
}

# add_account ROOT NAME UID GID HOME SHELL [PASSWORD]: an account, and its home when it has a password.
add_account() {
  local root=$1 name=$2 hash='*'
  [ -z "${7-}" ] || hash=$(printf '%s\n' "$7" | perl -ne 'chomp; print crypt($_, q($6$recipes$))')
  echo "$name:x:$3:$4::$5:$6" >>"$root/etc/passwd"
  echo "$name:$hash:19000:0:99999:7:::" >>"$root/etc/shadow"
  chmod 640 "$root/etc/shadow"
}

# write_file PATH MODE: standard input becomes the file.
write_file() {
  mkdir -p "$(dirname "$1")"
  cat >"$1"
  chmod "$2" "$1"
}
