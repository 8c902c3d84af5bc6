# shellcheck shell=bash
# The wheel, with pip, uv and pipx: installed, tried, and removed without a trace.
# shellcheck disable=SC2154 # variables of packaging/check

python3 -m venv "$work/venv"
(cd "$work/venv" && find . -type f ! -name '*.pyc' | sort) >"$work/before"
"$work/venv/bin/pip" --disable-pip-version-check --quiet install --no-index "$wheel"
shows "$version" alone "$work/venv/bin/ssh-recipes" --version || fail 'pip: --version'
alone "$work/venv/bin/ssh-recipes" show raspi_passwordless >/dev/null || fail 'pip: show'
[ -e "$work/venv/share/man/man1/ssh-recipes.1" ] || fail 'pip: no manual page'
"$work/venv/bin/pip" --disable-pip-version-check --quiet uninstall -y ssh-recipes
(cd "$work/venv" && find . -type f ! -name '*.pyc' | sort) | diff "$work/before" - || fail 'pip: uninstall leaves files'

uv=$(packaging/tools uv)
shows "$version" alone "$uv" --offline --no-progress tool run --from "$wheel" ssh-recipes --version 2>/dev/null || fail uvx
pipx=$(packaging/tools pipx)
places=(PIPX_HOME="$work/pipx" PIPX_BIN_DIR="$work/pipx/bin" PIPX_MAN_DIR="$work/pipx/man")
alone "${places[@]}" "$pipx" install --quiet "$wheel" >/dev/null
shows "$version" alone "$work/pipx/bin/ssh-recipes" --version || fail pipx
alone "${places[@]}" "$pipx" uninstall ssh-recipes >/dev/null
[ ! -e "$work/pipx/bin/ssh-recipes" ] || fail 'pipx: uninstall leaves the program'
