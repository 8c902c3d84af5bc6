import Foundation

extension OutcomeCase {
  /// Those with a word of `SSH_RECIPES_CASES` in their name, and all with an empty word (`make lockouts`, an hour). Without
  /// the variable, one of each family.
  static let all: [OutcomeCase] = {
    let families = [
      found, pam, names, systemd, limits, mounts, programs, root, servers, sysv, busybox, elsewhere, pipes, network,
      terminals,
    ]
    guard let word = ProcessInfo.processInfo.environment["SSH_RECIPES_CASES"] else {
      return families.compactMap(\.first)
    }
    return families.joined().filter { word.isEmpty || $0.testDescription.contains(word) }
  }()

  /// Ways around the lists, found earlier.
  private static let found: [OutcomeCase] = [
    OutcomeCase(
      name: "limits.d: maxlogins 0",
      body: "h:write { '/etc/security/limits.d/x.conf', 'pi hard maxlogins 0\\n', root = true }"),
    command(
      "the account in the file of a pam_listfile", "echo pi >>/etc/ssh.denied",
      arranging: "echo ada >/etc/ssh.denied; "
        + "sed -i '1i account required pam_listfile.so item=user sense=deny file=/etc/ssh.denied onerr=succeed' /etc/pam.d/sshd"
    ),
    command("a module of PAM moved away", "mv /usr/lib/*/security/pam_unix.so /root/"),
    OutcomeCase(name: "upload over the shell", body: "h:upload { '/bin/true', '/usr/bin/bash', root = true }"),
    command("the loader closed to others", "chmod 700 /usr/lib/*/ld-linux-*.so.*"),
    command("sshd stopped in its tracks, and /run/sshd removed", "pkill -STOP -o -x sshd; rm -r /run/sshd"),
    OutcomeCase(
      name: "a drop-in with a wrong ExecStart, and a restart",
      body: """
        h:run { [[mkdir -p /etc/systemd/system/ssh.service.d
        printf '[Service]\\nExecStart=\\nExecStart=/bin/false\\n' >/etc/systemd/system/ssh.service.d/x.conf
        systemctl daemon-reload]], root = true }
        h:restart_ssh { restart = true, force = true }
        """),
    OutcomeCase(
      name: "SSHD_OPTS that shut the account out, and a restart",
      body: """
        h:run { [[echo 'SSHD_OPTS="-o AllowUsers=nobody"' >/etc/default/ssh]], root = true }
        h:restart_ssh { restart = true, force = true }
        """),
    command("ssh masked and stopped", "systemctl mask --now ssh"),
    OutcomeCase(name: "a .bashrc that never ends", body: "h:run 'echo exec sleep 100000 >.bashrc'"),
  ]

  private static let pam: [OutcomeCase] = [
    command("pam_deny in the account phase", "sed -i '1i account required pam_deny.so' /etc/pam.d/common-account"),
    command("PAM's session fails", "echo 'session required pam_exec.so /bin/false' >>/etc/pam.d/common-session"),
    command(
      "a session that never ends to open", "echo 'session required pam_exec.so /bin/sleep 10000' >>/etc/pam.d/sshd"),
    command(
      "the file that a pam_exec names fails", "printf '#!/bin/sh\\nexit 1\\n' >/usr/local/bin/check",
      arranging: "printf '#!/bin/sh\\nexit 0\\n' >/usr/local/bin/check; chmod 755 /usr/local/bin/check; "
        + "echo 'session required pam_exec.so /usr/local/bin/check' >>/etc/pam.d/sshd"),
    command(
      "the script that a pam_exec names is gone", "rm /usr/local/bin/check",
      arranging: "printf '#!/bin/sh\\nexit 0\\n' >/usr/local/bin/check; chmod 755 /usr/local/bin/check; "
        + "echo 'session required pam_exec.so /usr/local/bin/check' >>/etc/pam.d/sshd"),
    command("all modules of PAM gone", "rm -r /usr/lib/*/security"),
    command("a module of PAM overwritten in place", "for f in /usr/lib/*/security/pam_unix.so; do echo x >$f; done"),
    command(
      "a module of PAM cut off",
      "for f in /usr/lib/*/security/pam_env.so /usr/lib/*/security/pam_limits.so; do : >$f; done"),
    command("pam.d moved away", "mv /etc/pam.d /etc/pam.old"),
    command("pam.d not to be read", "chmod 000 /etc/pam.d; mv /etc/pam.d/common-account /etc/pam.d/common-account.old"),
    command(
      "access.conf without the account", "echo '-:pi:ALL' >/etc/security/access.conf",
      arranging: "echo 'account required pam_access.so' >>/etc/pam.d/sshd"),
    command(
      "time.conf at no time", "echo '*;*;pi;!Al0000-2400' >/etc/security/time.conf",
      arranging: "echo 'account required pam_time.so' >>/etc/pam.d/sshd"),
    command(
      "an access file of PAM's own, elsewhere", "echo '-:ALL:ALL' >/srv/access",
      arranging:
        "echo '+:ALL:ALL' >/srv/access; echo 'account required pam_access.so accessfile=/srv/access' >>/etc/pam.d/sshd"),
    command("the library of PAM gone", "rm /usr/lib/*/libpam.so.0*"),
  ]

  private static let names: [OutcomeCase] = [
    command("passwd from nowhere", "sed -i 's/^passwd:.*/passwd: none/' /etc/nsswitch.conf"),
    command("passwd a directory", "mv /etc/passwd /etc/passwd.old; mkdir /etc/passwd"),
    command("passwd not to be read", "chmod 600 /etc/passwd"),
    command("group empty, and sshd's user gone", "sed -i '/^sshd:/d' /etc/passwd; : >/etc/group"),
    command(
      "the shell of the account is the loader's word",
      "sed -i 's,^\\(pi:.*\\):/bin/bash$,\\1:/usr/bin/tail,' /etc/passwd"),
    command(
      "ld.so.preload with a broken library",
      "echo x >/lib/x.so; echo /lib/x.so >/etc/ld.so.preload; chmod 000 /etc/ld.so.preload; rm /usr/lib/*/libcrypto.so.3"
    ),
    command("the account has another number", "sed -i 's/^pi:x:[0-9]*/pi:x:4242/' /etc/passwd"),
  ]

  private static let systemd: [OutcomeCase] = [
    command("ssh stopped", "systemctl stop ssh"),
    command(
      "ssh stopped and its unit removed",
      "systemctl stop ssh; rm /usr/lib/systemd/system/ssh.service; systemctl daemon-reload"),
    command("masked at run time", "systemctl stop ssh; systemctl mask --runtime ssh"),
    command("no tasks for ssh", "systemctl set-property --runtime ssh.service TasksMax=1; systemctl restart ssh"),
    command(
      "a unit of one's own in its place",
      "printf '[Service]\\nExecStart=/bin/sleep 9999\\n' >/etc/systemd/system/ssh.service; systemctl daemon-reload; systemctl restart ssh"
    ),
    command(
      "a drop-in for all services",
      "mkdir -p /etc/systemd/system/service.d; printf '[Service]\\nPrivateNetwork=yes\\n' >/etc/systemd/system/service.d/x.conf; systemctl daemon-reload; systemctl restart ssh"
    ),
    command(
      "a root directory for ssh",
      "mkdir -p /run/systemd/system/ssh.service.d; printf '[Service]\\nRootDirectory=/srv\\n' >/run/systemd/system/ssh.service.d/x.conf; systemctl daemon-reload; systemctl restart ssh"
    ),
    command(
      "no home for ssh",
      "mkdir -p /etc/systemd/system/ssh.service.d; printf '[Service]\\nProtectHome=yes\\n' >/etc/systemd/system/ssh.service.d/x.conf; systemctl daemon-reload; systemctl restart ssh"
    ),
    command(
      "no other users for ssh",
      "mkdir -p /etc/systemd/system/ssh.service.d; printf '[Service]\\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE\\n' >/etc/systemd/system/ssh.service.d/x.conf; systemctl daemon-reload; systemctl restart ssh"
    ),
    command(
      "system calls that ssh needs, refused",
      "mkdir -p /etc/systemd/system/ssh.service.d; printf '[Service]\\nSystemCallFilter=~fork clone clone3 vfork\\n' >/etc/systemd/system/ssh.service.d/x.conf; systemctl daemon-reload; systemctl restart ssh"
    ),
    command(
      "addresses that ssh may be called from",
      "mkdir -p /etc/systemd/system/ssh.service.d; printf '[Service]\\nRestrictAddressFamilies=AF_UNIX\\n' >/etc/systemd/system/ssh.service.d/x.conf; systemctl daemon-reload; systemctl restart ssh"
    ),
    command(
      "the environment file that ssh cannot do without",
      "mkdir -p /etc/systemd/system/ssh.service.d; printf '[Service]\\nEnvironmentFile=/etc/nowhere\\n' >/etc/systemd/system/ssh.service.d/x.conf; systemctl daemon-reload; systemctl restart ssh || true"
    ),
    command("the runtime directory of ssh", "systemctl stop ssh; rm -r /run/sshd; echo >/run/sshd"),
    command(
      "ssh asked to conflict with itself",
      "mkdir -p /etc/systemd/system/ssh.service.d; printf '[Unit]\\nConditionPathExists=/nowhere\\n' >/etc/systemd/system/ssh.service.d/x.conf; systemctl daemon-reload; systemctl restart ssh"
    ),
    command(
      "started too often",
      "mkdir -p /etc/systemd/system/ssh.service.d; printf '[Service]\\nExecStartPre=/bin/false\\n' >/etc/systemd/system/ssh.service.d/x.conf; systemctl daemon-reload; for i in 1 2 3 4 5 6 7; do systemctl restart ssh; done; true"
    ),
  ]

  private static let limits: [OutcomeCase] = [
    command("no processes for the account", "echo 'pi hard nproc 0' >>/etc/security/limits.conf"),
    command("no open files for anybody", "echo '* hard nofile 1' >>/etc/security/limits.conf"),
    command("no memory for the account", "echo 'pi hard as 100' >/etc/security/limits.d/y.conf"),
    command(
      "no core, and no file size",
      "echo 'pi hard fsize 0' >/etc/security/limits.d/y.conf; echo 'pi hard cpu 0' >>/etc/security/limits.d/y.conf; echo 'pi hard data 1' >>/etc/security/limits.d/y.conf"
    ),
    command("sshd without files to open", "prlimit --pid $(pgrep -o -x sshd) --nofile=4:4"),
    command("sshd without processes", "prlimit --pid $(pgrep -o -x sshd) --nproc=0:0"),
    command("sshd without memory", "prlimit --pid $(pgrep -o -x sshd) --as=1000000:1000000"),
  ]

  private static let mounts: [OutcomeCase] = [
    command("an empty file system over the home", "mount -t tmpfs none /home/pi"),
    command("an empty file system over pam.d", "mount -t tmpfs none /etc/pam.d"),
    command("one over the keys of the host", "mount -t tmpfs none /etc/ssh; systemctl restart ssh || true"),
    command("another file bound over the shell", "mount --bind /bin/true /bin/bash"),
    command("another file bound over passwd", "mount --bind /etc/hostname /etc/passwd"),
    command(
      "an empty file over the loader's cache, and libraries", "mount -t tmpfs none /usr/lib/x86_64-linux-gnu/security"),
    command("/dev/null is a file", "rm /dev/null; echo x >/dev/null; chmod 600 /dev/null"),
    command("/dev/null closed", "chmod 000 /dev/null"),
    command("/dev/urandom and random gone", "rm /dev/urandom /dev/random"),
    command("no terminals", "umount -l /dev/pts; rm -f /dev/ptmx; chmod 0 /dev/tty; rm /dev/null"),
    command(
      "the file system without set-user-id", "mount -o bind /usr/bin /usr/bin; mount -o remount,bind,nosuid /usr/bin"),
    command(
      "/run emptied for ssh",
      "mount -t tmpfs -o mode=700 none /run/sshd; chmod 777 /run/sshd; systemctl restart ssh || true"),
    command("proc gone", "umount -l /proc; rm -f /dev/null"),
    command("homes moved", "mv /home /homes"),
    command("an immutable home", "mv /home/pi/.ssh /home/pi/ssh; chattr +i /home/pi || true"),
    command(
      "an immutable key file of another",
      "chown root:root /home/pi/.ssh/authorized_keys; chmod 600 /home/pi/.ssh/authorized_keys; chattr +i /home/pi/.ssh/authorized_keys || true"
    ),
    command("an access list on the home", "setfacl -m u:pi:--- /home/pi /home/pi/.ssh || chmod 000 /home/pi"),
  ]

  private static let programs: [OutcomeCase] = [
    command("the shell overwritten in place", "cp /bin/true /bin/bash"),
    command("the shell removed", "rm /usr/bin/bash"),
    command("sh leads nowhere", "ln -sf /nowhere /bin/sh"),
    command("the C library closed", "chmod 600 /usr/lib/*/libc.so.6"),
    command("the C library moved", "mv /usr/lib/x86_64-linux-gnu/libc.so.6 /usr/lib/x86_64-linux-gnu/libc.so.old"),
    command(
      "the C library moved, without BusyBox",
      "mv /usr/lib/x86_64-linux-gnu/libc.so.6 /usr/lib/x86_64-linux-gnu/libc.so.old",
      arranging: "rm -f /usr/bin/busybox /bin/busybox"),
    command("the loader removed", "rm /usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"),
    command("the loader overwritten", "echo x >/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2"),
    command("/lib64 removed", "rm /lib64"),
    command("/bin removed", "rm /bin"),
    command("/usr/lib moved", "mv /usr/lib /usr/lib.old"),
    command("sshd overwritten and stopped", "rm /usr/sbin/sshd; echo x >/usr/sbin/sshd; kill $(pgrep -o -x sshd)"),
    command("sshd removed", "rm /usr/sbin/sshd"),
    command("sshd not to be run", "chmod 000 /usr/sbin/sshd"),
    command("a library of sshd's removed", "rm /usr/lib/*/libcrypt.so.1 /usr/lib/*/libz.so.1 /usr/lib/*/libwrap.so.0"),
    command("a library of the shell's removed", "rm /usr/lib/*/libtinfo.so.6*"),
    command("libcrypto overwritten", "for f in /usr/lib/*/libcrypto.so.3; do rm $f; echo x >$f; done"),
    command("tcp wrappers with a program", "echo 'sshd: ALL: twist /bin/true' >/etc/hosts.allow"),
    command("a profile of bash's that ends it", "echo 'exit 1' >>/etc/bash.bashrc"),
  ]

  private static let root: [OutcomeCase] = [
    command("sudo without set-user-id", "chmod u-s /usr/bin/sudo"),
    command("sudo removed", "rm /usr/bin/sudo"),
    command("sudoers with an error", "echo 'pi ALL=(' >/etc/sudoers.d/x"),
    command("sudoers without the account", "rm /etc/sudoers.d/010_pi-nopasswd; sed -i /sudo/d /etc/sudoers"),
    command("sudoers open to others", "chmod 666 /etc/sudoers"),
    command("sudoers of another owner", "chown pi /etc/sudoers /etc/sudo.conf"),
    command("sudo's plugin gone", "rm /usr/libexec/sudo/sudoers.so"),
    command("sudo's PAM stack denies", "sed -i '1i account required pam_deny.so' /etc/pam.d/sudo"),
    command("the account's groups gone", "gpasswd -d pi sudo; rm -f /etc/sudoers.d/010_pi-nopasswd"),
    OutcomeCase(
      name: "sudoers that ask for a password", body: "h:remove { '/etc/sudoers.d/010_pi-nopasswd', root = true }"),
  ]

  private static let servers: [OutcomeCase] = [
    command("sshd killed", "pkill -o -x sshd"),
    command("every sshd killed", "pkill -KILL -x sshd"),
    command(
      "something else at the port",
      "systemctl stop ssh; setsid busybox nc -lk -p 22 -e /bin/cat >/dev/null 2>&1 & sleep 1"),
    command(
      "another sshd at the port, with nobody in it",
      "systemctl stop ssh; mkdir -p /run/sshd; /usr/sbin/sshd -o AllowUsers=nobody"),
    command(
      "another sshd, without keys", "systemctl stop ssh; mkdir -p /run/sshd; /usr/sbin/sshd -o AuthorizedKeysFile=none"),
    command("sshd at another port", "systemctl stop ssh; mkdir -p /run/sshd; /usr/sbin/sshd -p 2222"),
    command(
      "sshd with a file of its own",
      "cp /etc/ssh/sshd_config /root/c; echo 'AllowUsers nobody' >>/root/c; systemctl stop ssh; mkdir -p /run/sshd; /usr/sbin/sshd -f /root/c"
    ),
    command("host keys gone, and a restart", "rm /etc/ssh/ssh_host_*; systemctl restart ssh || true"),
    command(
      "sessions stopped",
      "mkdir -p /srv; pkill -STOP -x sshd -o; pkill -STOP -x dbus-daemon; pkill -STOP systemd-logind; true"),
    command("the account expires", "chage -E 0 pi"),
  ]

  private static let sysv: [OutcomeCase] = [
    command(
      "init's script ends at once",
      "sed -i '2i exit 0' /etc/init.d/ssh; /usr/sbin/service ssh stop; kill $(cat /run/sshd.pid)"),
    command("not to be run", "/usr/sbin/service ssh stop; touch /etc/ssh/sshd_not_to_be_run"),
    command("sshd killed", "kill $(cat /run/sshd.pid)"),
    command(
      "SSHD_OPTS of the init script",
      "echo 'SSHD_OPTS=\"-o AllowUsers=nobody\"' >/etc/default/ssh; /usr/sbin/service ssh restart"),
    command("the C library moved", "mv /usr/lib/x86_64-linux-gnu/libc.so.6 /usr/lib/x86_64-linux-gnu/libc.so.old"),
    command("sudo without set-user-id", "chmod u-s /usr/bin/sudo"),
    command("a module of PAM moved away", "mv /usr/lib/*/security/pam_unix.so /root/"),
    command("BusyBox and the shell gone", "rm /usr/bin/busybox /bin/busybox; rm /bin/sh"),
    command("sshd stopped, and its place gone", "kill -STOP $(cat /run/sshd.pid); rm -r /run/sshd"),
  ].flatMap { $0.on(.sysv) }

  private static let busybox: [OutcomeCase] = [
    command("dropbear killed", "kill $(pidof dropbear)"),
    command("the shell removed", "rm /bin/ash; rm -f /bin/sh"),
    command("passwd not to be read", "chmod 600 /etc/passwd; chmod 700 /etc"),
    command(
      "dropbear not to be run",
      "chmod 000 $(command -v dropbear); kill $(pidof dropbear | tr ' ' '\\n' | sort -n | head -n 1)"),
    command("an empty file system over the home", "mount -t tmpfs none /home/pi"),
  ].flatMap { $0.on(.alpine) }
}
