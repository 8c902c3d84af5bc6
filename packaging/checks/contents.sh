# shellcheck shell=bash
# One program in all packages, and the same files in each; every checksum is right.
# shellcheck disable=SC2154 # variables of packaging/check

(cd dist && sha256sum --quiet -c SHA256SUMS) || fail 'a checksum is wrong'
mkdir "$work/deb" "$work/rpm" "$work/apk" "$work/whl"
dpkg-deb -x "$deb" "$work/deb"
(cd "$work/rpm" && rpm2cpio "$rpm" | cpio -idm --quiet)
# Three archives, one after the other.
(cd "$work/apk" && gzip -dc "$apk" | tar -xf - --ignore-zeros --warning=no-unknown-keyword usr)
python3 -m zipfile -e "$wheel" "$work/whl"
cmp "$tree/bin/ssh-recipes" "$work"/whl/*.data/scripts/ssh-recipes || fail 'the wheel has another program'

# Some files are compressed, in another place, or of one kind of package alone.
listing() { # FOLDER
  (cd "$1" && find . -type f ! -path './share/lintian/*' ! -name changelog.Debian.gz ! -path ./install.sh \
    -printf '%m %P\n' | sed 's|\.gz$||; s|vendor-completions/_|site-functions/_|' | sort)
}
for package in deb rpm apk; do
  diff <(listing "$tree") <(listing "$work/$package/usr") || fail "the .$package has other files than the archive"
  cmp "$tree/bin/ssh-recipes" "$work/$package/usr/bin/ssh-recipes" || fail "the .$package has another program"
done
