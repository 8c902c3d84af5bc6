# machine_number: sets $machine to the beginning of the machine's number, which is empty if the machine has none. Other
#   programs expect the whole number to stay secret.

machine_number() {
  machine=
  for machine_file in /etc/machine-id /var/lib/dbus/machine-id /etc/hostid; do
    read -r machine 2>/dev/null <"$machine_file"
    [ -z "$machine" ] || break
  done
  [ "${#machine}" -lt 32 ] || machine=${machine%"${machine#????????????}"}
}
