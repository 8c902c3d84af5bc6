# The unit of systemd's that restores at the next boot, for the watchdog in the folder $d.
#
# name_unit: sets $unit, its file, and $wanted, the link by which multi-user.target wants it.
# remove_unit: removes both.

name_unit() {
  unit=/etc/systemd/system/ssh-recipes-${d##*.}.service
  wanted=/etc/systemd/system/multi-user.target.wants/${unit##*/}
}

remove_unit() { name_unit; rm -f "$wanted" "$unit"; }
