# shellcheck shell=bash
# What is on a host's disk, one line a file: path, type, mode, uid, gid, size, sum or link target.

# What a running system or a login changes by itself.
snapshot_skips=(./proc ./sys ./dev ./run ./tmp ./var/run ./var/tmp ./var/log ./var/lib/systemd ./var/lib/sudo
  ./var/lib/private ./var/cache ./var/mail ./etc/.pwd.lock ./etc/mtab
  ./var/lib/rpm/rpmdb.sqlite-shm)

# The sign of life that a watchdog removes whenever it sees it.
snapshot_sign=(! -path './etc/*.ssh-recipes.*/again')

# Only what the host has written itself is read; the sums of the rest were taken when its tree was built.
snapshot_sums() {
  local layer
  tr ':' '\n' <"$host_dir/lower" | tac | while read -r layer; do cat "$layer.sums"; done
  (cd "$host_dir/upper" && find . -type f "${snapshot_sign[@]}" -print0 | xargs -0r sha256sum -z | tr '\0' '\n')
}

lab_snapshot() {
  [ $# = 2 ] || misuse "snapshot NAME I"
  use_host "$1" "$2"
  [ -s "$host_dir/pid" ] || die "host $host of lab '$lab' is off; 'lab boot $lab $host' starts it"
  local skip prune=()
  for skip in "${snapshot_skips[@]}"; do prune+=(-path "$skip" -prune -o); done
  cd "/proc/$(<"$host_dir/pid")/root"
  {
    snapshot_sums | sed 's/^\([0-9a-f]*\)  \(.*\)$/=\t\2\t\1/'
    find . -xdev "${prune[@]}" "${snapshot_sign[@]}" -printf '%p\t%y\t%#m\t%U\t%G\t%s\t%l\n'
  } | awk -F '\t' -v OFS='\t' '
    $1 == "=" { sum[$2] = $3; next }
    $2 == "d" { $6 = "-" }
    $2 == "f" { $7 = sum[$1] }
    { sub(/^\.\/?/, "/", $1); print }' | LC_ALL=C sort
}
