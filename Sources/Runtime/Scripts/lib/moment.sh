# moment: waits for 0.05 seconds, or for a whole second if `sleep` takes no fractions. Adds the twentieths of a second to
#   $waited, which the script must first set to 0. The first 0.05 seconds are four calls with growing waits, since most
#   waits are over after a few milliseconds.

moment() {
  if [ "$waited" = 0 ]; then
    early=$((${early:-0} + 1))
    case $early in 1) sleep 0.005 ;; 2) sleep 0.01 ;; 3) sleep 0.015 ;; *) early=0 waited=1; sleep 0.02 ;; esac 2>/dev/null &&
      return
    early=0
  fi
  sleep 0.05 2>/dev/null || { sleep 1; waited=$((waited + 19)); }
  waited=$((waited + 1))
}
