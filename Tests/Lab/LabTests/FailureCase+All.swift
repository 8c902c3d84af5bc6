extension FailureCase {
  static let network = [
    FailureCase(
      name: "sshd is stopped", arranging: "systemctl stop ssh",
      error: refused(port: "22")),
    FailureCase(
      name: "another port than sshd's", port: ":2222",
      error: refused(port: "2222", shown: ":2222")),
    FailureCase(
      name: "a name that nobody knows", place: "nowhere.invalid",
      error: """
        error: pi@nowhere.invalid: the host's name is not known
          step    Reach the Pi (raspi_passwordless.lua:LINE)
          cause   no name server answered for "nowhere.invalid": the network or the name servers are out of reach, or the name is wrong
          seen    ssh: Could not resolve hostname nowhere.invalid: Temporary failure in name resolution
          fix     check the spelling, or give the host's IP address
                  names that end in .local need mDNS (Avahi, Bonjour) on both sides
                  see whether other names are found: getent hosts example.org

        """),
    FailureCase(
      name: "a host that nobody has met", isKnown: false,
      error: """
        error: pi@ADDRESS: the host's key is not known, and was not accepted
          step    Reach the Pi (raspi_passwordless.lua:LINE)
          cause   this computer has no key of the host yet, so its key has to be confirmed once
          seen    the host shows FINGERPRINT
          fix     compare with the host's own console: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub; then run again and accept
                  unattended, on a trusted network: --accept-new

        """),
  ]

  static let login = [
    FailureCase(name: "a wrong password", password: "wrong", error: wrongPassword(of: "pi")),
    FailureCase(name: "an account that is not there", user: "nobody9", error: wrongPassword(of: "nobody9")),
    FailureCase(
      name: "no password and nobody to ask", password: nil,
      error: """
        error: pi@ADDRESS: the password of pi@ADDRESS is needed, and none was given
          step    Reach the Pi (raspi_passwordless.lua:LINE)
          fix     run it in a terminal, or give --password-command with a command that prints the password

        """),
    FailureCase(
      name: "a server that takes keys only",
      arranging: "echo 'PasswordAuthentication no' >/etc/ssh/sshd_config.d/keys.conf && systemctl restart ssh",
      error: """
        error: pi@ADDRESS: the server refused the login
          step    Reach the Pi (raspi_passwordless.lua:LINE)
          cause   no key was accepted, and the server takes no password; it takes: publickey
          seen    the server takes: publickey
          fix     log in with a key that the server knows: --key FILE, or ssh-add FILE
                  put the public key there by another way: the host's own console, or the web page of the host's provider

        """),
    FailureCase(
      name: "an account without a shell", kind: .syno, user: "guest", password: "guest",
      error: """
        error: guest@ADDRESS: the login worked, but the account has no shell
          step    Reach the Pi (raspi_passwordless.lua:LINE)
          cause   the server let guest in, and the account's shell ended at once: "This account is not available"
          seen    This account is not available; exit status 1
          fix     on a Synology: Control Panel > User & Group > the account > User Groups > administrators
                  elsewhere: sudo chsh -s /bin/sh guest

        """),
    FailureCase(
      name: "a home that is a file", arranging: "rm -rf /home/pi; touch /home/pi",
      error: """
        error: pi@ADDRESS: pi cannot enter /home/pi
          step    Copy the public key to the Pi (raspi_passwordless.lua:LINE)
          cause   it is no directory, so there is no place for keys
          seen    -rw-r--r-- 0 0 /home/pi
          fix     as an administrator, move it away and make the home: sudo mkhomedir_helper pi

        """),
    FailureCase(
      name: "a home that its owner cannot enter", arranging: "chmod 600 /home/pi",
      error: """
        error: pi@ADDRESS: pi cannot enter /home/pi
          step    Copy the public key to the Pi (raspi_passwordless.lua:LINE)
          cause   its mode keeps pi out, and sshd, which reads the keys as the account
          seen    drw------- 1000 1000 /home/pi
          fix     as this account or as an administrator: chmod u+rwx /home/pi

        """),
    FailureCase(
      name: "a keys' file of root's in a directory of the account's",
      arranging: "install -d -o pi -g pi -m 700 /home/pi/.ssh; echo '# none' >/home/pi/.ssh/authorized_keys",
      error: """
        error: pi@ADDRESS: "/home/pi/.ssh/authorized_keys" cannot be written by this account
          step    Copy the public key to the Pi (raspi_passwordless.lua:LINE)
          cause   /home/pi/.ssh/authorized_keys belongs to root, so pi cannot put keys there
          seen    -rw-r--r-- 0 0 /home/pi/.ssh/authorized_keys
          fix     sudo chown pi /home/pi/.ssh/authorized_keys

        """),
    FailureCase(
      name: "a keys' directory that its own account may not write to",
      arranging: "install -d -o pi -g pi -m 500 /home/pi/.ssh",
      error: """
        error: pi@ADDRESS: "/home/pi/.ssh/authorized_keys" cannot be written by this account
          step    Copy the public key to the Pi (raspi_passwordless.lua:LINE)
          cause   the mode of /home/pi/.ssh does not let its own account write there
          seen    dr-x------ 1000 1000 /home/pi/.ssh
          fix     chmod u+rwx /home/pi/.ssh

        """),
    FailureCase(
      name: "a home behind a closed directory", arranging: "chmod 700 /home",
      error: """
        error: pi@ADDRESS: pi cannot reach /home/pi
          step    Copy the public key to the Pi (raspi_passwordless.lua:LINE)
          cause   /home does not let pi through to /home/pi, so neither the account nor sshd, which reads the keys as the \
        account, reads anything there
          seen    ls: cannot access '/home/pi': Permission denied
          fix     as an administrator: sudo chmod go+x /home

        """),
    FailureCase(
      name: "a time limit that is over before PAM has answered",
      arranging: "sed -i '1i auth required pam_exec.so quiet /usr/bin/sleep 12' /etc/pam.d/sshd; "
        + "echo 'LoginGraceTime 6' >/etc/ssh/sshd_config.d/1.conf; systemctl reload ssh; sleep 0.5",
      error: """
        error: pi@ADDRESS: the server ended the login before it had answered
          step    Reach the Pi (raspi_passwordless.lua:LINE)
          cause   the server hung up SOME seconds after the login began, in place of an answer to the password: most often, \
        its time for a login was over (LoginGraceTime in sshd_config), since a prompt waited long, or a module of PAM is slow \
        there, such as a directory service; less likely, the system's rules (PAM) refuse pi
          seen    Connection closed by ADDRESS port 22; the server takes: publickey, password
          fix     run it again, and answer soon; if that ends in the same way, see whether the time was over, on the host: sudo \
        journalctl -u ssh -u sshd | grep 'Timeout before authentication'
                  as an administrator, find the slow module in /etc/pam.d/sshd, or set a longer LoginGraceTime in sshd_config

        """),
    FailureCase(
      name: "a time limit that is over while the password is typed",
      arranging: "echo 'LoginGraceTime 4' >/etc/ssh/sshd_config.d/1.conf; systemctl reload ssh; sleep 0.5",
      password: "raspberry; sleep 7",
      error: """
        error: pi@ADDRESS: the server ended the login before it had answered
          step    Reach the Pi (raspi_passwordless.lua:LINE)
          cause   the server hung up while a prompt was open, no later than SOME seconds after the login began: its time for \
        a login was over (LoginGraceTime in sshd_config)
          seen    Connection closed by ADDRESS port 22; the server takes: publickey, password
          fix     run it again, and answer sooner; --password-command gives the password at once
                  as an administrator, set a longer LoginGraceTime in sshd_config

        """),
    FailureCase(
      name: "a server that wants a key beside the right password",
      arranging: "echo 'AuthenticationMethods password,publickey' >/etc/ssh/sshd_config.d/1.conf; "
        + "systemctl reload ssh; sleep 0.5",
      error: """
        error: pi@ADDRESS: the password alone is not enough
          step    Reach the Pi (raspi_passwordless.lua:LINE)
          cause   the server accepts the password and wants the key as well (AuthenticationMethods in its sshd_config), and \
        accepts none of the keys offered
          seen    Authenticated using "password" with partial success.; the server takes: publickey
          fix     log in with a key that the server knows: --key FILE, or ssh-add FILE
                  put the public key there by another way: the host's own console, or the web page of the host's provider

        """),
    FailureCase(
      name: "methods that are switched off",
      arranging: "printf '\\nMatch User pi\\n AuthenticationMethods publickey,keyboard-interactive\\n' "
        + ">>/etc/ssh/sshd_config; systemctl reload ssh; sleep 0.5",
      error: """
        error: pi@ADDRESS: the server has no way in for this account
          step    Reach the Pi (raspi_passwordless.lua:LINE)
          cause   AuthenticationMethods in sshd_config wants methods of pi that are switched off, or no method at all, so sshd \
        refuses every key and every password
          seen    Received disconnect from ADDRESS port 22:2: no authentication methods enabled
          fix     on the host's own console, see which methods are wanted, and which are on: sudo sshd -T -C user=pi | grep -i \
        auth
                  correct AuthenticationMethods, or switch its methods on; then: sudo systemctl reload ssh

        """),
  ]

  static let root = [
    FailureCase(
      name: "an account that sudo does not know", arranging: "deluser --quiet ada sudo", recipe: "/root/root.lua",
      user: "ada", password: "lovelace", rootPassword: "lovelace",
      error: """
        error: ada@ADDRESS: root's rights could not be had
          step    Become root (root.lua:LINE)
          cause   sudo does not allow ada to become root
          seen    ada is not in the sudoers file.
          fix     as an administrator: sudo usermod -aG sudo ada (on Fedora and Alpine the group is wheel)
                  on a Synology: Control Panel > User & Group > the account > User Groups > administrators

        """),
    FailureCase(
      name: "a wrong password for sudo", recipe: "/root/root.lua", user: "ada", password: "lovelace",
      rootPassword: "wrong", error: wrongRootPassword(of: "ada")),
    FailureCase(
      name: "a wrong password for a sudo that wants a terminal", kind: .syno, recipe: "/root/root.lua", user: "admin",
      password: "synology", rootPassword: "wrong", error: wrongRootPassword(of: "admin")),
    FailureCase(
      name: "no password for sudo and nobody to ask", recipe: "/root/root.lua", user: "ada", password: "lovelace",
      error: """
        error: ada@ADDRESS: sudo on ada@ADDRESS wants a password, and none was given
          step    Become root (root.lua:LINE)
          fix     run it in a terminal, or give --sudo-password-command with a command that prints the password

        """),
    FailureCase(
      name: "no tool to become root", kind: .alpine, arranging: "rm /usr/bin/doas", recipe: "/root/root.lua",
      error: """
        error: pi@ADDRESS: root's rights could not be had
          step    Become root (root.lua:LINE)
          cause   neither sudo nor doas nor su can be used there
          fix     log in as root, or install sudo

        """),
    FailureCase(
      name: "doas without permission", kind: .alpine, arranging: "echo 'permit nopass root' >/etc/doas.conf",
      recipe: "/root/root.lua",
      error: """
        error: pi@ADDRESS: root's rights could not be had
          step    Become root (root.lua:LINE)
          cause   doas does not allow pi to become root
          seen    doas: Operation not permitted
          fix     as an administrator: sudo usermod -aG sudo pi (on Fedora and Alpine the group is wheel)
                  on a Synology: Control Panel > User & Group > the account > User Groups > administrators

        """),
  ]

  private static func refused(port: String, shown: String = "") -> String {
    """
    error: pi@ADDRESS\(shown): the connection was refused
      step    Reach the Pi (raspi_passwordless.lua:LINE)
      cause   the host is there, but no SSH server listens on port \(port): it is switched off, or it listens on another port
      seen    ssh: connect to host ADDRESS port \(port): Connection refused
      fix     on a Raspberry Pi, in its own terminal: sudo raspi-config nonint do_ssh 0
              on a Synology: Control Panel > Terminal & SNMP > Terminal > Enable SSH service > Apply
              if the server has another port, name it: pi@ADDRESS:PORT

    """
  }

  private static func wrongPassword(of user: String) -> String {
    let aboutPi =
      user == "pi" ? "\n          a Raspberry Pi set up since April 2022 has no account \"pi\" unless one was made" : ""
    return """
      error: \(user)@ADDRESS: the password was refused
        step    Reach the Pi (raspi_passwordless.lua:LINE)
        cause   the password is wrong, or the account "\(user)" does not exist, or the server keeps the account out: a list of \
      its sshd_config (AllowUsers, DenyUsers, AllowGroups, DenyGroups; for root PermitRootLogin), a locked account, or a login \
      shell that is not there. sshd answers the same to all of these
        seen    the server takes: publickey, password
        fix     check the account's name and its password\(aboutPi)
                sshd's log tells which it is; on the host's own console: sudo journalctl -u ssh -u sshd -n 20

      """
  }

  private static func wrongRootPassword(of user: String) -> String {
    """
    error: \(user)@ADDRESS: root's rights could not be had
      step    Become root (root.lua:LINE)
      cause   sudo refused the password
      fix     sudo asks for \(user)'s own password on this host

    """
  }
}
