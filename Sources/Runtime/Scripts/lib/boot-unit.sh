# The systemd unit that restores at the next boot, for the watchdog in the folder $d.
#
# name_unit: sets $unit to the unit's file, and $wanted to the link in multi-user.target.
# remove_unit: removes both.

name_unit() {
  unit=/etc/systemd/system/ssh-recipes-${d##*/.ssh-recipes.}.service
  wanted=/etc/systemd/system/multi-user.target.wants/${unit##*/}
}

remove_unit() { name_unit; rm -f "$wanted" "$unit"; }
