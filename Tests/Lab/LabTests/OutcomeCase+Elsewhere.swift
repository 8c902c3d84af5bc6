/// Changes outside all files that a watchdog can find: data of a program of PAM's, libraries' configuration, pipes in the
/// place of files, the host's own network, and files that only a terminal's shell reads.
extension OutcomeCase {
  static let elsewhere: [OutcomeCase] = [
    command(
      "a file that a script of PAM's reads", "echo no >/srv/flag",
      arranging: "echo yes >/srv/flag; printf '#!/bin/sh\\ngrep -q yes /srv/flag\\n' >/usr/local/bin/check; "
        + "chmod 755 /usr/local/bin/check; echo 'account required pam_exec.so /usr/local/bin/check' >>/etc/pam.d/sshd"),
    command(
      "all logins of maxlogins taken in utmp",
      """
      python3 -c "import struct; open('/run/utmp', 'ab').write(b''.join(struct.pack('hi32s4s32s256shhiii4i20s', 7, 1, \
      b'pts/%d' % (100 + i), b'%d' % i, b'pi', b'x', 0, 0, 0, 0, 0, 0, 0, 0, 0, b'') for i in range(20)))"
      """,
      arranging: "echo 'pi hard maxlogins 9' >/etc/security/limits.d/m.conf; touch /run/utmp"),
    command(
      "rules of sudo's in a file elsewhere, emptied", ": >/srv/rules",
      arranging: "echo 'pi ALL=(ALL) NOPASSWD: ALL' >/srv/rules; chmod 440 /srv/rules; rm /etc/sudoers.d/010_pi-nopasswd; "
        + "echo '@include /srv/rules' >>/etc/sudoers"),
    command("a message of the day that is a pipe", "rm -f /etc/motd; mkfifo /etc/motd"),
  ]

  static let pipes: [OutcomeCase] = [
    OutcomeCase(name: "a .bashrc that is a pipe", body: "h:run 'rm .bashrc; mkfifo .bashrc'"),
    command("a drop-in that is a pipe", "mkfifo /etc/ssh/sshd_config.d/z.conf"),
    command("a stack of PAM's that is a pipe", "rm /etc/pam.d/common-auth; mkfifo /etc/pam.d/common-auth"),
  ]

  static let network: [OutcomeCase] =
    [
      command("answers of port 22 into a black hole", "ip rule add ipproto 6 sport 22 to 10.77.0.0/16 blackhole"),
      command("packets too small", "for l in $(ls /sys/class/net); do [ $l = lo ] || ip link set $l mtu 68; done"),
    ]
    + command(
      "a firewall without new connections",
      "nft 'add table inet z; add chain inet z i { type filter hook input priority 0; }; "
        + "add rule inet z i tcp dport 22 tcp flags & (syn|ack) == syn drop'"
    ).on(.tools)

  static let terminals: [OutcomeCase] = [
    command("a profile that ends the shell", "echo exit >/etc/profile.d/x.sh"),
    OutcomeCase(
      name: "a .bashrc that ends the shell at a terminal",
      body: "h:run [[echo 'case $- in *i*) exit;; esac' | cat - .bashrc >b; mv b .bashrc]]"),
  ].map { outcome in
    var copy = outcome
    copy.inTerminal = true
    return copy
  }
}
