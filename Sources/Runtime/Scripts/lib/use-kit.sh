# use_kit: from here on the tools of make-kit.sh, in the folder $d/kit, are used in place of the host's, if there are any.
# kit_shell ARGUMENT...: a shell, of the kit's if there is one.

kit_run() {
  kit_name=$1; shift
  if [ -e "$kit/busybox" ]; then set -- "$kit/busybox" "$kit_name" "$@"; else set -- "$kit/$kit_name" "$@"; fi
  if [ -e "$kit/loader" ]; then "$kit/loader" --library-path "$kit/lib" "$@"; else "$@"; fi
}

kit_shell() { if [ -n "${kit:-}" ]; then kit_run sh "$@"; else sh "$@"; fi; }

use_kit() {
  [ -s "$d/kit/tools" ] || return 0
  kit=$d/kit
  while read -r tool; do eval "$tool() { kit_run $tool \"\$@\"; }"; done <"$kit/tools"
}
