# shellcheck shell=bash
# Paths, messages, locks, and what every verb checks first.

lab_run=/run/ssh-recipes-lab
lab_cache=${SSH_RECIPES_LAB_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/ssh-recipes/lab}

say() { echo "lab: $*" >&2; }

die() {
  say "$*"
  exit 1
}

misuse() {
  say "usage: lab $*"
  exit 64
}

need_root() {
  [ "$(id -u)" = 0 ] || die "namespaces and mounts need root: run it as root"
}

# The name becomes part of a network namespace's and a cgroup's name.
check_name() {
  [[ $1 =~ ^[a-z0-9][a-z0-9_-]{0,39}$ ]] ||
    die "'$1' cannot be a lab's name: at most 40 of a-z, 0-9, '-' and '_', with a letter or digit first"
}

check_number() {
  [[ $1 =~ ^[1-9][0-9]{0,3}$ ]] || die "expected a number from 1 to 9999, got '$1'"
}

# Sets lab, lab_dir and lab_netns.
use_name() {
  check_name "$1"
  lab=$1
  lab_dir=$lab_run/$lab
  lab_netns=ssh-recipes-lab-$lab
}

use_lab() {
  need_root
  use_name "$1"
  [ -e "$lab_dir/slot" ] || die "there is no lab '$lab'; 'lab up $lab 1' makes it"
}

# Sets host and host_dir too.
use_host() {
  use_lab "$1"
  check_number "$2"
  host=$2
  host_dir=$lab_dir/hosts/$host
  [ -d "$host_dir" ] || die "lab '$lab' has no host $host"
}

# The lock is on a folder that is there anyway, so that a lab which is gone leaves no lock file behind.
lock_labs() {
  local folder=/run/lock
  [ -d "$folder" ] || folder=/run
  exec {labs_lock}<"$folder"
  flock "$labs_lock"
}

unlock_labs() {
  exec {labs_lock}<&-
}

lock_lab() {
  exec {lab_lock}<"$lab_dir/hosts"
  flock "$lab_lock"
}

unlock_lab() {
  exec {lab_lock}<&-
}
