# shellcheck shell=bash
# The program by itself, without a checkout and without share/ssh-recipes beside it.
# shellcheck disable=SC2154 # variables of packaging/check

mkdir -p "$work/alone"
cp "$tree/bin/ssh-recipes" "$work/alone/"
program=$work/alone/ssh-recipes
size=$(stat -c %s "$program")
[ "$size" -lt 25000000 ] || fail "the program has $size bytes"

shows "$version" alone "$program" --version || fail "--version is not $version"
alone "$program" list >"$work/list"
for file in recipes/*.lua; do
  name=$(basename "$file" .lua)
  grep -q "$name" "$work/list" || fail "list does not show $name"
  alone "$program" show "$name" >/dev/null || fail "show $name"
  alone "$program" show --source "$name" | cmp - "$file" || fail "show --source $name"
done
[ "$(alone "$program" primitives | wc -l)" -gt 20 ] || fail primitives
(alone "$program" new my_recipe && alone "$program" lint ./my_recipe.lua) >/dev/null || fail 'new, or lint of what it writes'
alone "$program" self unpack files >/dev/null
files=$work/home/files
diff -r "$files/recipes" recipes || fail 'self unpack: recipes'
diff -r "$files/editor" docs/editor || fail 'self unpack: editor files'
cmp "$files/ssh-recipes.1" docs/ssh-recipes.1 || fail 'self unpack: manual page'
for shell in bash zsh fish; do
  "$shell" -n "$files/completions/ssh-recipes.$shell" || fail "completions for $shell"
done
[ -z "$(man --warnings -l "$files/ssh-recipes.1" 2>&1 >/dev/null)" ] || fail 'man warns about the manual page'

python3 - "$program" <<'END' || fail 'a start takes more than 10 ms'
import os, statistics, subprocess, sys, time
walls, before = [], os.times()
for _ in range(50):
    start = time.monotonic()
    subprocess.run([sys.argv[1], "--help"], check=True, stdout=subprocess.DEVNULL)
    walls.append((time.monotonic() - start) * 1000)
after = os.times()
processor = (after.children_user + after.children_system - before.children_user - before.children_system) * 20
print(f"start-up: {processor:.1f} ms of processor time; median {statistics.median(walls):.1f} ms, least {min(walls):.1f} ms")
# Other work of this machine does not count.
sys.exit(processor > 10)
END
say "size: $((size / 100000))00 kB"
