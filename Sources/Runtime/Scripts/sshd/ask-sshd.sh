# Reads sshd's configuration: the files, and the effective values from sshd itself.
#
# Arguments: the main file; its folder; the account; `ask` to call `sshd -t` and `-T`, which needs root; `candidate` to
#   judge the configuration on standard input; `make` to make /run/sshd, without which sshd checks nothing; the login's
#   SSH_CONNECTION if known, since sudo removes the variable; paths of sshd. Each but the first three may be empty.
# Input: the candidate.
# Prints: `connection TEXT`; `sshd PATH`; `global KEY VALUE` of `sshd -T`; `user KEY VALUE` of `sshd -T -C`; `problem
#   TEXT`. Without a candidate also `include PATTERN`, with an `is PATH` per file; `files`, then the records of `look`
#   for them.

. lib/look.sh

config=$1; folder=$2; user=$3; ask=$4; candidate=$5; make=$6; connection=$7; shift 7
LC_ALL=C; export LC_ALL
newline='
'
[ -n "$connection" ] || connection=${SSH_CONNECTION:-}
printf 'connection %s\n' "$connection"
sshd=
for p do
  if [ -x "$p" ]; then sshd=$p; break; fi
done
[ -n "$sshd" ] || sshd=$(command -v sshd)
[ -z "$sshd" ] || printf 'sshd %s\n' "$sshd"

tell() {
  kind=$1; shift
  { "$sshd" -T -f "$source" "$@" 2>&1 >&3 3>&- | sed 's/^/problem /'; } 3>&1 |
    sed -e '/^problem /b' -e "s/^/$kind /"
}

if [ -n "$candidate" ]; then
  text=$(cat; echo x); text=${text%x}
  source=
  for p in /dev/stdin /dev/fd/0 /proc/self/fd/0; do
    if [ -e "$p" ]; then source=$p; break; fi
  done
else
  source=$config
fi

give() { if [ -n "$candidate" ]; then printf '%s' "$text"; fi; }

if [ -n "$ask" ] && [ -n "$sshd" ] && [ -n "$source" ]; then
  if [ -n "$make" ] && [ ! -d /run/sshd ] && [ -d /run ]; then
    give | "$sshd" -t -f "$source" 2>&1 | grep -q 'directory: /run/sshd' && mkdir -m 0755 /run/sshd
  fi
  oldifs=$IFS; IFS=' '
  # shellcheck disable=SC2086
  set -- $connection
  IFS=$oldifs
  give | "$sshd" -t -f "$source" 2>&1 | sed 's/^/problem /'
  give | tell global
  give | tell user -C "user=$user,host=${1:-127.0.0.1},addr=${1:-127.0.0.1},laddr=${3:-127.0.0.1},lport=${4:-22}"
fi
[ -z "$candidate" ] || exit 0
IFS=$newline; set -f
todo=$config; seen=; depth=0
while [ -n "$todo" ] && [ "$depth" -lt 17 ]; do
  next=; depth=$((depth + 1))
  for f in $todo; do
    case $newline$seen in *"$newline$f$newline"*) continue ;; esac
    seen=$seen$f$newline
    [ -r "$f" ] || continue
    # shellcheck disable=SC2020
    for pattern in $(sed -n 's/^[[:space:]]*[Ii][Nn][Cc][Ll][Uu][Dd][Ee][[:space:]=][[:space:]=]*//p' "$f" |
      tr -d '"\r' | tr ' \t' '\n\n'); do
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
echo files
# shellcheck disable=SC2086
look 1048576 $seen
