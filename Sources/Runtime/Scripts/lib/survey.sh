# survey: prints the state of all files on which logins may depend, for the guard in the folder $d: lines with a path as
#   last word, and sshd's port. Takes only three processes, since the guard surveys at each command.
#
# Of a watched path, mode, owner and inode number count. Of a file with watched contents, the whole line of `ls` counts,
# except that blanks are single, since a growing size moves all columns, and a link's target comes before the link's
# path. Paths are absolute, and in a line of `ls` no word before the path has a slash.

. lib/backup.sh

survey() {
  set --
  while IFS= read -r p; do set -- "$@" "$p"; done <"$d/paths"
  read -r folders <"$d/folders"
  i=0
  while [ "$i" -lt "$folders" ]; do i=$((i + 1)); files "$i"; done >"$d/now"
  while IFS= read -r p; do set -- "$@" "$p"; done <"$d/now"
  read -r port <"$d/port"
  tables=
  if [ -n "$port" ]; then for p in /proc/net/tcp /proc/net/tcp6; do [ ! -r "$p" ] || tables="$tables $p"; done; fi
  [ "$#" -gt 0 ] || set -- /
  # The tables' names have no blanks.
  # shellcheck disable=SC2012,SC2086
  ls -ldin "$@" 2>/dev/null | awk -v port="$port" '
    part == "paths" { paths[$0] = 1; next }
    part == "files" { files[$0] = 1; next }
    part == "sockets" { if ($4 == "0A" && substr($2, length($2) - 4) == hex) open = 1; next }
    hex == "" { hex = ":" sprintf("%04X", port) }
    { line = $0; sub(/^ *[0-9]+ +/, "", line)
      name = substr(line, index(line, " /") + 1); target = ""
      if (line ~ /^l/ && (n = index(name, " -> "))) { target = substr(name, n + 4) " "; name = substr(name, 1, n - 1) }
      if (name in paths && !told[name]++) print $2, $4, $5, $1, name
      if (name in files && !seen[name]++) {
        head = substr(line, 1, index(line, " /")); gsub(/ +/, " ", head)
        print head target name
      } }
    END { if (port != "") print (open ? "open" : "closed") " port" }' \
    part=paths "$d/paths" part=files "$d/now" part=look - part=sockets $tables
  set --
  # A pipe would be waited for without end.
  while IFS= read -r p; do [ ! -f "$p" ] || set -- "$@" "$p"; done <"$d/now"
  # Some names belong to no file. On a full disk, the last line fails like all lines.
  [ "$#" = 0 ] || cksum "$@" 2>/dev/null || :
  echo surveyed
}
