# Sets the C locale, and a PATH with the directories where sudo, sshd and service tools live on hosts whose
# non-interactive PATH does not have them (Debian, DSM, FreeBSD, Entware).
#
# It ends with a semicolon, since become-root.sh is sent as one line.

LC_ALL=C PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/bin; export LC_ALL PATH;
