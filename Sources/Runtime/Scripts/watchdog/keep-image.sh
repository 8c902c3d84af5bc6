# Keeps an image of all files on which a login depends, for the watchdog over the run, before root's first command with
# unknown effects or first change of programs. Comes before the act, in one script.
#
# Arguments: the number of this script's arguments, including this number; the folder; the run's word; `image`; the
#   account; the account's login shell; places of sshd; then the arguments of the following scripts.
# Status: 96, and the word with the reason on standard error, if the act must not be made.
#
# The image is the folder `image`: modes, owners, links and copies as restore-files.sh takes them; beside it `kit`, the
# watchdog's own tools.

if ! (
  . lib/find-image.sh
  . lib/keep-network.sh
  . lib/keep-step.sh
  . lib/make-kit.sh
  . lib/on-disk.sh
  . lib/to-disk.sh
  exec </dev/null
  LC_ALL=C; export LC_ALL
  umask 077
  top=$2 word=$3 user=$5 shell=$6 more=$(($1 - 6))
  meet_watchdog "$top" "$word" || exit 1
  # The image is complete: only the answer was lost.
  if [ -e "$top/image/whole" ]; then exit 0; fi
  d=$top/image
  rm -rf "$d" "$top/kit"
  mkdir "$d" || { on_disk "$d"; exit 1; }
  shift 6
  left=$#
  while [ "$left" -gt 0 ]; do
    [ "$left" -le "$(($# - more))" ] || set -- "$@" "$1"
    shift
    left=$((left - 1))
  done
  find_image "$@"
  # Directories above count too: each account must be able to enter them.
  awk '{ p = $0; while (p != "") { if (!seen[p]++) print p; if (!sub(/\/[^\/]*$/, "", p)) p = "" } } END { print "/" }' \
    "$d/found" >"$d/all"
  set --
  while IFS= read -r p; do set -- "$@" "$p"; done <"$d/all"
  # Modes and owners of all; the targets of links; the files of each directory as a folder to copy. A file has one name,
  # with links resolved, since /lib may be a link.
  # shellcheck disable=SC2012
  ls -ldin "$@" 2>/dev/null | awk -v d="$d" -v n="$folders" '
    { head = $2 " " $4 " " $5 " " $1; kind = substr($2, 1, 1); inode = $1; size = $6
      if (kind !~ /[-dl]/) next
      for (i = 1; i < 10; i++) sub(/^ *[^ ]+ +/, "")
      if (kind == "l") {
        at = index($0, " -> "); to = substr($0, at + 4); $0 = substr($0, 1, at - 1)
        if (to !~ /^\//) { up = $0; sub(/[^\/]*$/, "", up); leads[$0] = up to } else leads[$0] = to
      }
      for (tries = 0; tries < 9; tries++) {
        for (up = $0; sub(/\/[^\/]*$/, "", up) && up != ""; ) if (up in leads) break
        if (up == "") break
        $0 = leads[up] substr($0, length(up) + 1)
      }
      if (done[$0]++) next
      if (kind == "l") { print $0 "\n" to >(d "/targets"); next }
      print head, $0 >(d "/modes")
      if (kind != "-" || size > 67108864) next
      at = match($0, /\/[^\/]*$/); folder = at > 1 ? substr($0, 1, at - 1) : "/"; name = substr($0, at + 1)
      if (!(folder in number)) { number[folder] = ++n }
      print $0 >(d "/had." number[folder])
      gsub(/[]*?[\\ \t]/, "?", name); names[folder] = names[folder] " " name }
    END { for (f in number) print f "\n" names[f] >(d "/folder." number[f]); print n >(d "/folders") }' || exit 1
  read -r last <"$d/folders" || exit 1
  fail() { on_disk "$d"; printf '%s what logins depend on could not be copied\n' "$word" >&2; exit 1; }
  while [ "$folders" -lt "$last" ]; do
    folders=$((folders + 1))
    mkdir "$d/$folders" || fail
    set --
    while IFS= read -r p; do
      case ${p##*/} in
        moduli) ;;
        # A private key is not copied.
        ssh_host_*_key) ln "$p" "$d/$folders/" 2>/dev/null ;;
        *) [ ! -r "$p" ] || set -- "$@" "$p" ;;
      esac
    done <"$d/had.$folders"
    # Without room for copies, second names: they outlive everything but a file that is overwritten in place.
    if [ "$#" -gt 0 ] && ! cp -p "$@" "$d/$folders/" 2>/dev/null; then
      rm -f "$d/$folders"/*
      ln "$@" "$d/$folders/" || fail
    fi
  done
  set --
  for p in "$d"/[0-9]*/* "$d"/[0-9]*/.[!.]*; do [ ! -f "$p" ] || set -- "$@" "$p"; done
  checksums "$@" >"$d/sums" || fail
  cat /proc/self/mounts >"$d/mounts" 2>/dev/null
  keep_network || fail
  make_kit "$top/kit"
  : >"$d/whole"
  d=$top
  next_step
  printf 'image\n' >"$step" || fail
  # The copies of large files may reach the disk later: their sums tell whether they did.
  to_disk "$step" "$d"
  (sync </dev/null >/dev/null 2>&1 &)
); then exit 96; fi
shift "$1"
