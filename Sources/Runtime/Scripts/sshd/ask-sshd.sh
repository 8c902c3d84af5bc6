# Reads sshd's configuration: the files, and the effective values from sshd itself.
#
# Arguments: the main file, or nothing for that of the sshd that accepts logins here; the system's own main file; the
#   account; `ask` to call `sshd -t` and `-T`, which needs root, `again` for the same without groups, `login` behind
#   probe-login.sh; `candidate` to judge the configuration on standard input, or `unmatched` for the same without a
#   Match; `written` to judge files just written, and to make /run/sshd, without which sshd checks nothing, or `plain`
#   for the same if no file has a Match; the login's SSH_CONNECTION if known, since sudo removes the variable; the wanted
#   lines, for sshd's rendering of them; paths of sshd. Each but the second and third may be empty.
# Input: the candidate.
# Prints: `connection TEXT`; `sshd PATH`; `config PATH`, the main file; `argument WORD` for the options with which the
#   sshd for that file was started; `global KEY VALUE` of `sshd -T`; `user KEY VALUE` of `sshd -T -C`; `wish KEY VALUE`
#   of `sshd -T` for the wanted lines alone; `problem TEXT`. Unless a candidate or written files are judged, also
#   `group NAME` for the account's groups; `include PATTERN`, with an `is PATH` per file; `files`, then the records of
#   `look` for them.

. lib/at-end.sh
. lib/listener.sh
. lib/look.sh

config=$1; system=$2; user=$3; ask=$4; candidate=$5; written=$6; connection=$7; wish=$8; shift 8
LC_ALL=C; export LC_ALL
[ -n "$connection" ] || connection=${SSH_CONNECTION:-}
printf 'connection %s\n' "$connection"
sshd=
for p do
  if [ -x "$p" ]; then sshd=$p; break; fi
done
[ -n "$sshd" ] || sshd=$(command -v sshd)
[ -z "$sshd" ] || printf 'sshd %s\n' "$sshd"

find_listener
[ -n "$file" ] || file=$system
[ -n "$config" ] || config=$file
[ "$config" = "$file" ] || arguments=
folder=${system%/*}
printf 'config %s\n' "$config"
[ -z "$arguments" ] || printf '%s\n' "$arguments" | sed 's/^/argument /'
if [ -z "$candidate$written" ] && [ "$ask" != again ]; then
  # At a login, the shell has asked already (account-home.sh).
  case ${account_ids:-} in *"($user) gid="*) ids=$account_ids ;; *) ids=$(id "$user" 2>/dev/null) ;; esac
  case $ids in *' groups='*) rest=${ids#*' groups='}, ;; *) rest= ;; esac
  # A group's name may have blanks.
  while [ -n "$rest" ]; do
    group=${rest%%,*}; rest=${rest#*,}
    case $group in *'('*')') group=${group#*"("}; group=${group%")"} ;; esac
    printf 'group %s\n' "$group"
  done
fi

# judge OPTION...: becomes sshd, on the configuration. For a substitution or a pipe, which makes the process.
judge() {
  [ -n "$text" ] || exec "$sshd" "$@" -f "$source" </dev/null
  exec "$sshd" "$@" -f "$source" <<EOF
$text
EOF
}

# meaning KEY OPTION...: prints the lines of sshd's answer, each after the key; without an answer, sshd's messages. Sets
#   $answer.
meaning() {
  key=$1; shift
  answer=$(judge "$@" 2>/dev/null)
  if [ -z "$answer" ]; then judge "$@" 2>&1 >/dev/null | sed -e "$problem"; return; fi
  # shellcheck disable=SC2086 # One word per line.
  printf "$key %s\\n" $answer
}

# find_files: prints the included files, and sets $seen to all files. Sets $matches if one of them may have a Match.
find_files() {
  todo=$config; depth=0
  while [ -n "$todo" ] && [ "$depth" -lt 17 ]; do
    next=; depth=$((depth + 1))
    for f in $todo; do
      case $newline$seen in *"$newline$f$newline"*) continue ;; esac
      seen=$seen$f$newline
      [ -r "$f" ] || { matches=1; continue; }
      # shellcheck disable=SC2013 # words, none with a blank
      for pattern in $(awk 'tolower($0) ~ /^[ \t]*"?match/ { print "a match" } tolower($0) ~ /^[ \t]*include[ \t=]/ {
        sub(/^[ \t]*[^ \t=]+[ \t=]+/, ""); gsub(/["\r]/, ""); gsub(/[ \t]+/, "\n"); print }' "$f"); do
        [ "$pattern" != 'a match' ] || { matches=1; continue; }
        printf 'include %s\n' "$pattern"
        case $pattern in /*) ;; *) pattern=$folder/$pattern ;; esac
        set +f
        for g in $pattern; do
          if [ -e "$g" ]; then printf 'is %s\n' "$g"; next=$next$g$newline; fi
        done
        set -f
      done
    done
    todo=$next
  done
  [ -z "$todo" ] || matches=1
}

stdin=
for p in /dev/stdin /dev/fd/0 /proc/self/fd/0; do
  if [ -e "$p" ]; then stdin=$p; break; fi
done
source=$config; text=; seen=; matches=
if [ -n "$candidate" ]; then
  text=$(cat)
  [ "$candidate" = unmatched ] || matches=1
  source=$stdin
  # sshd takes minutes for some megabytes from a pipe, since it does not know their size.
  if [ "${#text}" -gt 65536 ] && copy=$(umask 077; mktemp 2>/dev/null); then
    clean_up() { rm -f "$copy"; }
    at_end
    if printf '%s\n' "$text" >"$copy"; then source=$copy; text=; fi
  fi
fi
problem="s|^$source|$config|;s/^/problem /"

# shellcheck disable=SC2086 # Split at blanks.
set -- $connection
login="user=$user,host=${1:-127.0.0.1},addr=${1:-127.0.0.1},laddr=${3:-127.0.0.1},lport=${4:-22}"
IFS=$newline; set -f
if [ -z "$candidate$written" ]; then find_files
elif [ "$written" = written ]; then matches=1
fi
# shellcheck disable=SC2086 # One word per line.
if [ -n "$ask" ] && [ "$ask" != login ] && [ -n "$sshd" ] && [ -n "$source" ]; then
  if [ -n "$written" ] && [ ! -d /run/sshd ] && [ -d /run ]; then
    judge -t 2>&1 | grep -q 'directory: /run/sshd' && mkdir -m 0755 /run/sshd
  fi
  meaning global -T $arguments
  # A Match may leave `-T` without an answer that `-t` has.
  [ -n "$answer" ] || judge -t $arguments 2>&1 | sed -e "$problem"
  # Without a Match, all logins get the same.
  if [ -n "$matches" ] || [ -z "$answer" ]; then meaning user -T $arguments -C "$login"
  else printf 'user %s\n' $answer
  fi
  if [ -n "$wish" ] && [ -n "$stdin" ]; then
    # sshd prints nothing without a host key that it can read.
    keys=
    for line in $answer; do case $line in 'hostkey '*) keys=$keys-h${line#hostkey }$newline ;; esac; done
    text=$wish; source=$stdin
    answer=$(judge -T $keys 2>/dev/null)
    [ -z "$answer" ] || printf 'wish %s\n' $answer
  fi
fi
[ -z "$candidate$written" ] || exit 0
echo files
if [ "$ask" = login ]; then
  # shellcheck disable=SC2086
  look_ahead "$HOME" "$HOME/.ssh" "$HOME/.ssh/authorized_keys" $seen
  show 65536 "$HOME" "$HOME/.ssh" "$HOME/.ssh/authorized_keys"
  echo configuration
  # shellcheck disable=SC2086
  show 8388608 $seen
else
  # shellcheck disable=SC2086
  look 8388608 $seen
fi
