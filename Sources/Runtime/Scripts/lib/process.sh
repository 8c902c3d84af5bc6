# look_at PROCESS: sets $parent to the number of the parent, and $name to the name of the process, as far as known.
# is_session PROCESS: whether the title of the process is that of a session's sshd, such as `sshd: pi [priv]`.

look_at() {
  parent=; name=sshd
  if read -r line 2>/dev/null <"/proc/$1/stat"; then
    name=${line#*"("}; name=${name%)*}
    line=${line##*) }; line=${line#* }
    parent=${line%% *}
  elif [ ! -r /proc/self/stat ]; then parent=$(ps -o ppid= -p "$1" 2>/dev/null | tr -d ' ')
  fi
}

is_session() {
  line=
  { read -r line <"/proc/$1/cmdline"; } 2>/dev/null
  case $line in *'[listener]'*) return 1 ;; 'sshd: '* | 'sshd-session: '*) return 0 ;; esac
  return 1
}
