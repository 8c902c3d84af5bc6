# shellcheck shell=bash
# Systems without Swift and without this checkout: a package is installed there, a recipe runs from there on a host of
# the lab, the package is upgraded and removed again, and none of its files is left.
# shellcheck disable=SC2154 # variables of packaging/check

[ "$(id -u)" = 0 ] || fail 'systems needs root'
.ci/setup test >/dev/null
lab=dist-$$
clean_up() { Tests/Lab/lab down "$lab" >/dev/null 2>&1 || :; }
Tests/Lab/lab up "$lab" 1 debian 2>"$work/lab" || { cat "$work/lab" && fail 'no lab'; }
address=$(Tests/Lab/lab ip "$lab" 1)

# library COMMAND…: a function of the lab's, which makes root file systems.
library() (
  lab_home=$PWD/Tests/Lab
  # shellcheck source=/dev/null
  for part in common rootfs smallroot kinds; do . "$lab_home/lib/$part.sh"; done
  "$@" 2>"$work/library" || { cat "$work/library" >&2 && exit 1; }
)

# within ROOT COMMAND…: in that system, where the lab's host can be reached.
# shellcheck disable=SC2016 # for the inner shell
within() {
  Tests/Lab/lab client "$lab" -- sh -c '
    root=$1 && shift
    mount -t proc proc "$root/proc" && mount --rbind /dev "$root/dev" || exit
    exec chroot "$root" env -i HOME=/root PATH=/root/.local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"' within "$@"
}

# What is in the system, but for the user's own files, logs, and the books of dpkg and apt.
traces() {
  (cd "$1" && find . -xdev \( -path ./root -o -path ./proc -o -path ./dev -o -path ./var/log -o -path ./var/cache \
    -o -path ./var/lib/apt -o -path ./var/lib/dpkg -o -path ./var/lib/rpm -o -path ./tmp \) -prune -o -printf '%m %u %s %l %P\n' | sort)
}

# person COMMAND…: on this machine, with a new home.
person() {
  Tests/Lab/lab client "$lab" --home "$work/person" --no-agent -- env -i HOME=/root PATH=/usr/bin:/bin LC_ALL=C.UTF-8 "$@"
}

# The recipe, twice, from the system; then back to the start for the next one.
try() { # HOME PROGRAM…
  local home=$1 began=$SECONDS
  local recipe=(run raspi_passwordless "pi@$address" --accept-new --password-command 'printf raspberry' --yes)
  shift
  "$@" self check >"$work/said" || { cat "$work/said" && fail 'self check'; }
  "$@" "${recipe[@]}" >"$work/said" 2>&1 || { cat "$work/said" && fail 'the first run'; }
  say "  the first login with a key: $((SECONDS - began)) s"
  grep -q 'and nothing else' "$work/said" || { cat "$work/said" && fail 'the first run logs in without the key'; }
  "$@" "${recipe[@]}" >"$work/said" 2>&1 || { cat "$work/said" && fail 'the second run'; }
  grep -q 'Nothing had to be changed' "$work/said" || { cat "$work/said" && fail 'the second run changes something'; }
  "$@" undo --password-command 'printf raspberry' --yes >"$work/said" 2>&1 || { cat "$work/said" && fail undo; }
  rm -rf "$home/.ssh" "$home/.local/state"
}

# An older package, with a recipe that the new one no longer has.
older() { # deb|rpm
  local stage=$work/older
  rm -rf "$stage"
  cp -R .build-static/dist/tree "$stage"
  echo >"$stage/share/ssh-recipes/recipes/gone.lua"
  env VERSION=0.0.1 STAGE="$stage" DEBIAN="$PWD/.build-static/dist/debian" ARCH="$(dpkg --print-architecture)" \
    SOURCE_DATE_EPOCH=0 packaging/native "$1" "$work/older.$1"
}

# trace_free NAME ROOT: says so, or fails.
trace_free() {
  traces "$2" | diff "$work/before" - || fail "$1: removing it leaves traces"
  ls -A "$2/root/.local/state" 2>/dev/null && fail "$1: a journal is left"
  say "  $1: installed, run, upgraded, removed in $((SECONDS - started)) s"
}

mkdir -m 700 "$work/person"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" --disable-pip-version-check --quiet install --no-index "$wheel"
try "$work/person" person "$work/venv/bin/ssh-recipes"
say '  wheel, pip'
uv=$(packaging/tools uv)
try "$work/person" person "$uv" --offline --quiet tool run --from "$wheel" ssh-recipes
say '  wheel, uvx'

older deb
older rpm
for suite in ${SUITES-bookworm trixie}; do
  root=$work/$suite
  library debian_tree "$root" "$suite" openssh-client git
  traces "$root" >"$work/before"
  started=$SECONDS
  cp "$work/older.deb" "$deb" "$root/root/"
  within "$root" dpkg -i /root/older.deb >/dev/null
  try "$root/root" within "$root" ssh-recipes
  within "$root" dpkg -i "/root/$(basename "$deb")" >/dev/null
  [ ! -e "$root/usr/share/ssh-recipes/recipes/gone.lua" ] || fail "$suite: the upgrade leaves an old recipe"
  try "$root/root" within "$root" ssh-recipes
  within "$root" dpkg --purge ssh-recipes >/dev/null
  trace_free "$suite, .deb" "$root"

  [ "$suite" = bookworm ] || continue
  mkdir -p "$root/var/lib/rpm"
  started=$SECONDS
  # Debian's client has another package's name.
  database=(rpm --force-debian --root "$root" --dbpath /var/lib/rpm)
  "${database[@]}" -i --nodeps "$work/older.rpm"
  "${database[@]}" -U --nodeps "$rpm"
  [ ! -e "$root/usr/share/ssh-recipes/recipes/gone.lua" ] || fail "rpm: the upgrade leaves an old recipe"
  "${database[@]}" -V --nodeps ssh-recipes || fail 'rpm -V'
  try "$root/root" within "$root" ssh-recipes
  "${database[@]}" -e ssh-recipes
  trace_free 'rpm --root' "$root"
done

# The lab's look-alike of Alpine has no OpenSSH client and no apk: one is copied into it, and the archive installs itself.
root=$work/alpine
library build_tree alpine
cp -a "$(library tree_path alpine)" "$root"
library copy_programs "$root" "$(library tree_path debian)" /usr/bin/ssh /usr/bin/ssh-keygen /usr/bin/ssh-add /usr/bin/ssh-keyscan
traces "$root" >"$work/before"
started=$SECONDS
cp -R "$tree" "$root/root/archive"
within "$root" /root/archive/install.sh >"$work/alpine-said"
try "$root/root" within "$root" ssh-recipes
within "$root" /root/archive/install.sh >"$work/alpine-said"
removal "$work/alpine-said" | within "$root" sh
[ -z "$(find "$root/root/.local" -type f)" ] || fail 'alpine: its command leaves files'
trace_free 'alpine, archive' "$root"
clean_up
