# Reads status and contents of files, directories and links.
#
# Arguments: the most bytes of contents; paths.
# Prints: the records of `look`.

. lib/look.sh

look "$@"
