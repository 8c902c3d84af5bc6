# shellcheck shell=bash
# The packages' own checkers. What they may say is in packaging/lintian-overrides and packaging/rpmlint.toml, with reasons.
# shellcheck disable=SC2154 # variables of packaging/check

lintian --allow-root --fail-on error,warning "$deb" || fail "lintian: $deb"
rpmlint -c packaging/rpmlint.toml "$rpm" >"$work/rpmlint" || { cat "$work/rpmlint" && fail "rpmlint: $rpm"; }
"$(packaging/tools twine)" --no-color check --strict "$wheel" || fail "twine: $wheel"
"$(packaging/tools auditwheel)" show "$wheel" >"$work/auditwheel"
grep -q 'requires no external shared libraries' "$work/auditwheel" || { cat "$work/auditwheel" && fail 'the wheel needs libraries'; }
[ "$(readelf -lW "$tree/bin/ssh-recipes" | grep -c INTERP)" = 0 ] || fail 'the program is not static'
