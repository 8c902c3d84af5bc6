# find_listener: finds the sshd that accepts logins here, and the sshd's start options.
#
# Sets $arguments to the options that decide about the configuration, one word per line, and $file to the given
# configuration (`-f`). Both are empty if the sshd is not found or has no such options.
#
# The sshd is the last sshd among the parents of this shell. After a restart of sshd the session has lost this parent:
# then the only listener of root's among all processes counts. A process title (`sshd: PATH OPTIONS [listener] …`) has
# lost the word limits of the options; an option's value is assumed to end at the next word with a hyphen.

. lib/own-id.sh
. lib/process.sh

# words_of PROCESS: the command line, one word per line; nothing for a title other than a listener's.
words_of() {
  if [ -d /proc/self ]; then tr '\000' '\n' <"/proc/$1/cmdline" | of_title
  else ps -o args= -p "$1" | of_title | tr ' ' '\n'
  fi 2>/dev/null
}

of_title() {
  sed -e '/^$/d' -e '1{
/^sshd: /{
/\[listener\]/!d
s/^sshd: //
y/ /\n/
q
}
}'
}

# in_lines WORDS: sets $words to the words, one per line.
in_lines() {
  case $- in *f*) old_globs=-f ;; *) old_globs=+f ;; esac
  old_ifs=$IFS; set -f; IFS=' '
  # shellcheck disable=SC2086
  set -- $1
  IFS=$newline; words="$*"; IFS=$old_ifs; set "$old_globs"
}

is_listener() {
  line=
  { read -r line <"/proc/$1/cmdline"; } 2>/dev/null
  # The usual title is a single text, for which no process is needed.
  case $line in 'sshd: '*'[listener]'*) in_lines "${line#sshd: }" ;; *) words=$(words_of "$1") ;; esac
  case ${words%%"$newline"*} in sshd | */sshd) ;; *) return 1 ;; esac
  case $newline$words$newline in
    *"${newline}[listener]$newline"*) ;;
    *"$newline-i"*) return 1 ;;
  esac
  [ "$me" != 0 ] || [ ! -d "/proc/$1" ] || [ -O "/proc/$1" ]
}

# is_plain WORDS: whether none of the words is an option that decides about the configuration, at first sight.
is_plain() {
  case $- in *f*) old_globs=-f ;; *) old_globs=+f ;; esac
  old_ifs=$IFS; set -f; IFS=$newline
  # shellcheck disable=SC2086
  set -- $1
  IFS=$old_ifs; set "$old_globs"
  shift
  for word do case $word in '[listener]') break ;; -D | -e | -q) ;; *) return 1 ;; esac; done
}

options_of() {
  printf '%s\n' "$1" | awk '
    function give(flag, value) { flush(); held = flag; text = value }
    function flush() { if (held ~ /^[cfghop]$/) { print "-" held; print text }; held = "" }
    NR == 1 { next }
    $0 == "[listener]" { exit }
    wanted != "" { give(wanted, $0); wanted = ""; next }
    /^-./ {
      flush(); rest = substr($0, 2)
      while (rest != "") {
        flag = substr(rest, 1, 1); rest = substr(rest, 2)
        if (flag == "4" || flag == "6") print "-" flag
        if (index("CEbcfghkopu", flag)) { if (rest != "") give(flag, rest); else wanted = flag; rest = "" }
      }
      next
    }
    held == "o" { text = text " " $0 }
    END { flush() }'
}

find_listener() {
  newline='
'
  own_id
  arguments=; file=; found=; pid=$$
  while [ -n "$pid" ] && [ "$pid" -gt 1 ]; do
    look_at "$pid"
    case $name in sshd*) if ! is_session "$pid" && is_listener "$pid"; then found=$words; fi ;; esac
    pid=$parent
  done
  if [ -z "$found" ] && [ -d /proc/self ]; then
    # shellcheck disable=SC2013 # No name there has a blank.
    for pid in $(grep -lsF '[listener]' /proc/[0-9]*/cmdline); do
      pid=${pid#/proc/}; pid=${pid%/*}
      is_listener "$pid" || continue
      if [ -n "$found" ]; then found=; break; fi
      found=$words
    done
  fi
  if [ -z "$found" ] || is_plain "$found"; then return 0; fi
  arguments=$(options_of "$found")
  [ -n "$arguments" ] || return 0
  # shellcheck disable=SC2034 # For the script.
  file=$(printf '%s\n' "$arguments" | sed -n '/^-f$/{
n
p
}' | tail -n 1)
}
