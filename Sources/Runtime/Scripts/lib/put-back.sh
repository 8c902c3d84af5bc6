# put_back FOLDER: lets the watchdog of this folder restore at once; prints its lines `restored PATH`. Returns 93
#   where that was done already, or nothing is armed.

put_back() {
  [ -e "$1/word" ] || [ -e "$1/restored" ] || return 93
  sh "$1/restore"
}
