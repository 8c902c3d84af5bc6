# Reads the files of sshd's configuration, as far as the account may.
#
# Arguments: the main file.
# Prints: the records of `look` for the main file and for the files of its `Include` lines, with `pattern PATTERN`
#   before each of the latter.
#
# A relative pattern is below /etc/ssh (servconf.c). Only one level of includes is read, as in all shipped
# configurations.

. lib/look.sh

look 262144 "$1"
[ -r "$1" ] || exit 0
sed -n 's/^[[:space:]]*[Ii][Nn][Cc][Ll][Uu][Dd][Ee][[:space:]=]\{1,\}//p' "$1" | tr -d '"\r' | tr '\t' ' ' | tr ' ' '\n' |
while IFS= read -r g; do
  [ -n "$g" ] || continue
  case $g in /*) a=$g ;; *) a=/etc/ssh/$g ;; esac
  for f in $a; do
    [ -f "$f" ] || continue
    printf 'pattern %s\n' "$g"
    look 262144 "$f"
  done
done
