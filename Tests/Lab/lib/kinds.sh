# shellcheck shell=bash
# Kinds of hosts. One file each in kinds/, which sets or defines:
#   kind_summary    one line
#   kind_base       the kind whose tree it is built from (empty: none)
#   kind_layered    yes: its tree holds only what differs from the base's, and is laid over it
#   kind_parts      other kinds whose recipes it sources
#   kind_host_key   where a new host finds its ed25519 key
#   kind_init       the command line of pid 1
#   kind_build DIR BASE   makes the tree DIR; BASE is the base's tree

kind_names() {
  local file names=()
  for file in "$lab_home"/kinds/*.sh; do names+=("$(basename "$file" .sh)"); done
  echo "${names[*]}"
}

check_kind() {
  [ -f "$lab_home/kinds/$1.sh" ] || die "there is no kind '$1'; the kinds are: $(kind_names)"
}

# shellcheck disable=SC2034 # read by those who load a kind
load_kind() {
  kind_summary='' kind_base='' kind_layered=no kind_parts='' kind_init=/sbin/init
  kind_host_key=/etc/ssh/ssh_host_ed25519_key
  unset -f kind_build
  # shellcheck source=/dev/null
  . "$lab_home/kinds/$1.sh"
}

# The lower layers of a kind, uppermost first, as overlayfs wants them.
kind_layers() {
  local kind=$1 layers
  layers=$(tree_path "$kind")
  load_kind "$kind"
  while [ "$kind_layered" = yes ]; do
    kind=$kind_base
    layers+=:$(tree_path "$kind")
    load_kind "$kind"
  done
  [[ $lab_trees != *[:,]* ]] || die "overlayfs takes no path with ':' or ',': set SSH_RECIPES_LAB_CACHE to another folder"
  echo "$layers"
}
