# Sets the C locale, and a PATH with the directories of sudo, sshd and service tools on hosts whose non-interactive PATH
# lacks them (Debian, DSM, FreeBSD, Entware).
#
# Ends with a semicolon, since become-root.sh is sent as one line.

case $PATH in
  *:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin) ;;
  *) PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin ;;
esac; LC_ALL=C; export LC_ALL PATH;
