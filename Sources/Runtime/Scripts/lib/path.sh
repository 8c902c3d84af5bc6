# Sets the C locale, and a PATH with the directories of sudo, sshd and service tools on hosts whose non-interactive PATH
# lacks them (Debian, DSM, FreeBSD, Entware).
#
# Ends with a semicolon, since become-root.sh is sent as one line.

LC_ALL=C PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin; export LC_ALL PATH;
