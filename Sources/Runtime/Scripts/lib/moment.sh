# moment: waits for 0.05 seconds, or for a whole second where `sleep` takes no fractions. Adds the twentieths of a
#   second to $waited, which the script sets to 0 first.

moment() {
  sleep 0.05 2>/dev/null || { sleep 1; waited=$((waited + 19)); }
  waited=$((waited + 1))
}
