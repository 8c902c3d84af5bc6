# shellcheck shell=bash
# Root file systems: built once a recipe, kept in the cache, never written to afterwards.

lab_trees=$lab_cache/trees

# Sources of a Debian suite, from this machine's own apt where it knows that mirror, so that proxies and
# local mirrors are used. Prints nothing on a machine that has no Debian source: mmdebstrap has a default.
debian_sources() {
  local suite=$1 uri='' security='' site release
  while IFS='|' read -r site release; do
    case "$release" in
      bookworm | trixie | forky | sid | stable | testing) uri=${uri:-$site} ;;
      *-security) security=${security:-$site} ;;
    esac
  done < <(apt-get indextargets --format "\$(REPO_URI)|\$(RELEASE)" 'Created-By: Packages' 2>/dev/null | grep -i debian || true)
  [ -n "$uri" ] || return 0
  echo "deb $uri $suite main"
  echo "deb $uri $suite-updates main"
  [ -z "$security" ] || echo "deb $security $suite-security main"
}

# How this machine's apt reaches its mirrors; mmdebstrap does not read the machine's apt configuration.
apt_options() {
  apt-config dump --format '%F "%v";%n' Acquire |
    grep -E '^Acquire::((http|https|ftp)::|Check-Valid-Until|Check-Date|Retries)' || true
}

# run_mmdebstrap VARIANT DIR SUITE PACKAGE…
run_mmdebstrap() {
  local variant=$1 dir=$2 suite=$3 sources options
  shift 3
  options=$(mktemp)
  apt_options >"$options"
  sources=$(debian_sources "$suite")
  # On standard input, the one form in which mmdebstrap takes several lines.
  mmdebstrap --mode=root --variant="$variant" --format=directory --aptopt="$options" \
    --include="$(IFS=, && echo "$*")" "$suite" "$dir" ${sources:+-} <<<"$sources" >&2
  rm -f "$options" "$dir/etc/apt/apt.conf.d/99mmdebstrap"
}

# debian_tree DIR SUITE PACKAGE…: a Debian root file system.
debian_tree() {
  say "mmdebstrap $2 (downloads about 100 MB; half a minute with a near mirror)"
  run_mmdebstrap apt "$@"
}

# extract_packages DIR SUITE PACKAGE…: the files of the packages and of what they depend on.
extract_packages() {
  run_mmdebstrap extract "$@"
}

# What a kind's tree is made from: its recipe and those of the kinds below it.
tree_key() {
  local kind=$1 part
  while [ -n "$kind" ]; do
    load_kind "$kind"
    for part in "$kind" $kind_parts; do cat "$lab_home/kinds/$part.sh"; done
    find "$lab_home/kinds/files/$kind" "$lab_home/kinds/files/common" -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0r cat
    kind=$kind_base
  done | sha256sum | cut -c1-16
}

tree_path() { echo "$lab_trees/$1-$(tree_key "$1")"; }

# The sums let `lab snapshot` hash only what a host has written itself.
write_sums() {
  (cd "$1" && find . -xdev -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum -z | tr '\0' '\n') >"$2"
}

build_tree() {
  local kind=$1 tree base='' lock started
  tree=$(tree_path "$kind")
  [ -e "$tree.sums" ] && return
  mkdir -p "$lab_trees"
  load_kind "$kind"
  [ -z "$kind_base" ] || build_tree "$kind_base"

  exec {lock}>"$lab_trees/$kind.lock"
  flock -n "$lock" || {
    say "waiting for another build of '$kind'"
    flock "$lock"
  }
  if [ ! -e "$tree.sums" ]; then
    say "building the root file system '$kind' in $tree"
    started=$SECONDS
    rm -rf "$lab_trees/$kind".building.* "$tree"
    load_kind "$kind"
    [ -z "$kind_base" ] || base=$(tree_path "$kind_base")
    # A subshell that is no condition's operand: otherwise `set -e` would not hold in it.
    (kind_build "$tree.building" "$base")
    mv "$tree.building" "$tree"
    write_sums "$tree" "$tree.sums.new"
    mv "$tree.sums.new" "$tree.sums"
    say "built '$kind' in $((SECONDS - started)) s, $(du -sh "$tree" | cut -f1)"
  fi
  exec {lock}>&-
}

lab_build() {
  need_root
  need_tools
  local kind
  # shellcheck disable=SC2046 # one word a kind
  [ $# -gt 0 ] || set -- $(kind_names)
  for kind in "$@"; do
    check_kind "$kind"
    build_tree "$kind"
  done
}

lab_clean() {
  need_root
  local kind tree used=()
  while read -r kind; do used+=("$(tree_path "$kind")"); done < <(kind_names | tr ' ' '\n')
  lock_labs
  for tree in "$lab_trees"/*.sums; do
    tree=${tree%.sums}
    [[ " ${used[*]} " != *" $tree "* ]] || continue
    grep -qsF "$tree" "$lab_run"/*/hosts/*/lower && continue
    say "removing $tree"
    rm -rf "$tree.sums" "$tree"
  done
  unlock_labs
}
