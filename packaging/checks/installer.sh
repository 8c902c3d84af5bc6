# shellcheck shell=bash
# install.sh with a file server on loopback, and a key made for this check; the refusals are in InstallScriptTests too.
# shellcheck disable=SC2154 # variables of packaging/check

releases=$work/releases
mkdir -p "$releases/latest"
cp -R dist "$releases/latest/download"
ssh-keygen -q -t ed25519 -N '' -f "$work/key"
ssh-keygen -q -Y sign -f "$work/key" -n file "$releases/latest/download/SHA256SUMS" 2>/dev/null
signers="release@ssh-recipes namespaces=\"file\" $(cut -d' ' -f1,2 "$work/key.pub")"
sed "s|^signers=''|signers='$signers'|" packaging/install.sh >"$work/install.sh"

python3 -u -m http.server --bind 127.0.0.1 --directory "$releases" 0 >"$work/server" 2>/dev/null &
server=$!
clean_up() { kill "$server" 2>/dev/null || :; }
for _ in $(seq 100); do
  port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$work/server")
  [ -z "$port" ] || break
  sleep 0.1
done
URL=http://127.0.0.1:$port

# shellcheck disable=SC2086 # a command and its argument
for shell in dash bash 'busybox sh'; do
  rm -rf "${work:?}/home"
  alone URL="$URL" $shell <"$work/install.sh" >"$work/said" || { cat "$work/said" && fail "install.sh in $shell"; }
  (cd "$work/home/.local" && diff -r bin "$tree/bin" && diff -r share "$tree/share") || fail "install.sh in $shell: other files"
  shows raspi_passwordless alone "$work/home/.local/bin/ssh-recipes" list || fail "install.sh in $shell: list"
  removal "$work/said" | alone $shell
  [ -z "$(find "$work/home/.local" -type f)" ] || fail "install.sh in $shell: its command leaves files"
done
printf x >>"$releases/latest/download/$(basename "$archive")"
! alone URL="$URL" dash <"$work/install.sh" >/dev/null 2>"$work/said" || fail 'install.sh takes a changed archive'
grep -q 'checksum of .* is wrong; nothing was installed' "$work/said" || fail 'install.sh gives another reason for a changed archive'
clean_up
