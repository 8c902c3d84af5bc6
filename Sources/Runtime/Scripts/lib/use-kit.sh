# use_kit: from here on uses the tools of make-kit.sh in the folder $d/kit, if there are any, in place of the host's.
#   Sets $kit_command to the command line of the kit's shell then.
# leave_kit: uses the host's tools again, since the kit goes with the folder.
# kit_shell ARGUMENT...: starts a shell, the kit's if there is a kit.

kit_run() {
  kit_name=$1; shift
  if [ -e "$kit/busybox" ]; then set -- "$kit/busybox" "$kit_name" "$@"; else set -- "$kit/$kit_name" "$@"; fi
  if [ -e "$kit/loader" ]; then "$kit/loader" --library-path "$kit/lib" "$@"; else "$@"; fi
}

kit_shell() { if [ -n "${kit:-}" ]; then kit_run sh "$@"; else sh "$@"; fi; }

use_kit() {
  [ -s "$d/kit/tools" ] || return 0
  kit=$d/kit
  if [ -e "$kit/busybox" ]; then kit_command="$kit/busybox sh"; else kit_command=$kit/sh; fi
  [ ! -e "$kit/loader" ] || kit_command="$kit/loader --library-path $kit/lib $kit_command"
  kit_names=
  while read -r tool; do
    eval "$tool() { kit_run $tool \"\$@\"; }"
    kit_names="$kit_names $tool"
  done <"$kit/tools"
}

leave_kit() {
  for tool in ${kit_names:-}; do unset -f "$tool"; done
  kit=
}
