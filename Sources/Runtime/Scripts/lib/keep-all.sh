# keep_lists ARGUMENT...: writes the watched paths and sshd's port, $port, into the watchdog's folder $d. Takes four
#   lists, each preceded by its length: commands to reload sshd, each with its required program; the same to restart
#   sshd; paths whose mode and owner count; folders with patterns for the watched names in them, separated by blanks.
#   Sets $left: the number of arguments after the lists. Ends the script with 1 if writing fails.
# skip_lists ARGUMENT...: only sets $left for the same arguments.
# keep_all: copies everything into $d: modes and owners, links, and files, with the sums of the copies. Ends the script
#   with 1 if copying fails.

. lib/follow-links.sh
. lib/keep-services.sh

keep_lists() {
  keep_services "$@"
  shift "$(($# - left))"
  n=$1; shift; : >"$d/paths"
  while [ "$n" -gt 0 ]; do printf '%s\n' "$1" >>"$d/paths"; n=$((n - 1)); shift; done
  folders=$1; shift; i=0
  while [ "$i" -lt "$folders" ]; do i=$((i + 1)); printf '%s\n%s\n' "$1" "$2" >"$d/folder.$i"; shift 2; done
  printf '%s\n' "$folders" >"$d/folders" || exit 1
  # shellcheck disable=SC2034 # a script with no further arguments does not look at it
  left=$#
}

skip_lists() {
  for words in 2 2 1 2; do
    words=$((words * $1 + 1))
    shift "$words"
  done
  left=$#
}

# The files of folder $1. A private key is not copied, but gets a second name.
keep() {
  files "$1" >"$d/had.$1"
  number=$1; shift
  while IFS= read -r p; do
    if [ ! -f "$p" ] || [ -L "$p" ] || [ ! -r "$p" ]; then continue; fi
    case ${p##*/} in
      moduli) ;;
      ssh_host_*_key)
        modes_of "$p" >>"$d/modes"
        ln "$p" "$d/$number/" 2>/dev/null
        ;;
      *) set -- "$@" "$p" ;;
    esac
  done <"$d/had.$number"
  [ "$#" = 0 ] || cp -p "$@" "$d/$number/"
}

keep_all() {
  follow_all || exit 1
  set --
  while IFS= read -r p; do set -- "$@" "$p"; done <"$d/paths"
  : >"$d/modes"
  [ "$#" = 0 ] || modes_of "$@" >"$d/modes"
  i=0; set --
  while [ "$i" -lt "$folders" ]; do i=$((i + 1)); set -- "$@" "$d/$i"; done
  [ "$#" = 0 ] || mkdir "$@" || exit 1
  i=0
  while [ "$i" -lt "$folders" ]; do
    i=$((i + 1))
    keep "$i" || exit 1
  done
  set --
  for p in "$d"/[0-9]*/* "$d"/[0-9]*/.[!.]*; do [ ! -f "$p" ] || set -- "$@" "$p"; done
  : >"$d/sums"
  [ "$#" = 0 ] || checksums "$@" >"$d/sums" || exit 1
}
