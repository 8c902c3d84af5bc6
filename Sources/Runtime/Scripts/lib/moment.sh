# moment: waits for 0.05 seconds, or for a whole second if `sleep` takes no fractions. Adds the twentieths of a second
#   to $waited, which the script must first set to 0.

moment() {
  sleep 0.05 2>/dev/null || { sleep 1; waited=$((waited + 19)); }
  waited=$((waited + 1))
}
