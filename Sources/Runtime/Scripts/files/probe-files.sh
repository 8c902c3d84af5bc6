# Reads status and contents of files, directories and links.
#
# Arguments: the maximum number of bytes of contents; paths.
# Prints: the records of `look`.

. lib/look.sh

look "$@"
