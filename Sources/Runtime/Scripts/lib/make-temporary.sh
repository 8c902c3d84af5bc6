# temporary_beside DIRECTORY NAME: makes the temporary file $t in the directory; NAME is the beginning of the file's name.
# temporary_apart DIRECTORY NAME: makes a new directory in the directory, and sets $t to the path of a file in the new
#   directory, without making the file; NAME is the beginning of the new directory's name.
#
# Both end the script with 1 and a line of on_disk after a failure.

. lib/fail.sh

temporary_beside() { t=$(mktemp "$1/$2.XXXXXXXX") || fail "$1/"; }

temporary_apart() {
  t=$(mktemp -d "$1/$2.XXXXXXXX") || fail "$1/"
  t=$t/new
}
