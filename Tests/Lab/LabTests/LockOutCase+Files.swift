/// What is no option of sshd and decides about logins all the same.
extension LockOutCase {
  private static func change(
    _ name: String, _ body: String, gate: Gate, user: String = "pi", arranging: String = ":", lost: [String] = []
  ) -> LockOutCase {
    LockOutCase(name: name, user: user, arranging: arranging, body: body, gate: gate, lost: lost)
  }

  static let modes: [LockOutCase] = [
    change("a home that its group may write", "h:chmod('~', 'g+w')", gate: .check, arranging: group).by(.key),
    change("a home that all may write", "h:chmod('~', '777')", gate: .check).by(.key),
    change("~/.ssh that all may write", "h:chmod('~/.ssh', 'o+w')", gate: .check).by(.key),
    change("authorized_keys that all may write", "h:chmod('~/.ssh/authorized_keys', '666')", gate: .check).by(.key),
    change("authorized_keys that nobody may read", "h:chmod('~/.ssh/authorized_keys', '000')", gate: .check).by(.key),
    change("a home that its owner may not enter", "h:chmod('~', '600')", gate: .check).by(.key),
    change("/home that nobody may enter", "h:chmod { '/home', '700', root = true }", gate: .check).by(.key),
    change("a home of somebody else", "h:chown('~', 'ada')", gate: .check).by(.key),
    change("~/.ssh of somebody else", "h:chown('~/.ssh', 'ada:ada')", gate: .check).by(.key),
    change("authorized_keys of root, for root alone", "h:chown('~/.ssh/authorized_keys', 'root')", gate: .check)
      .by(.key),
    change(
      "an open home where sshd does not look, and cannot enter", "h:chmod('~', '676')", gate: .check,
      arranging: "sed -i '1i StrictModes no' /etc/ssh/sshd_config; systemctl reload ssh"
    ).by(.key),
    change("root's keys, which all may write", "h:chmod('~/.ssh/authorized_keys', '666')", gate: .check, user: "root")
      .by(.key),
    change(
      "~/.ssh behind a link, with keys that all may write", "h:chmod('~/.ssh/authorized_keys', '666')",
      gate: .check, arranging: linked
    ).by(.key),
    change("a shell that root alone may run", "h:chmod { '/bin/bash', '700', root = true }", gate: .proof).by(
      .key, .password),
    change("/usr that root alone may enter", "h:chmod { '/usr', '700', root = true }", gate: .proof).by(
      .key, .password),
    change(
      "programs that root alone may run", "h:chmod { '/usr/bin', '700', root = true }",
      gate: .proof
    ).by(.key),
    change("libraries that root alone may enter", "h:chmod { '/usr/lib', '700', root = true }", gate: .proof).by(.key),
    change(
      "a host key that all may read", "h:chmod { '/etc/ssh/ssh_host_ed25519_key', '644', root = true }", gate: .proof
    ).by(.key),
  ].flatMap(\.self)

  private static let linked = "mv ~/.ssh ~/dotssh; ln -s dotssh ~/.ssh"

  /// The keys lie elsewhere, and nobody but root may read where; after that a place for one account alone.
  private static let hidden = """
    install -d /etc/ssh/keys; mv ~/.ssh/authorized_keys /etc/ssh/keys/pi
    sed -i '1i AuthorizedKeysFile /etc/ssh/keys/%u' /etc/ssh/sshd_config
    chmod 600 /etc/ssh/sshd_config; systemctl reload ssh
    """
  private static let matched = """
    install -d /etc/ssh/keys; mv ~/.ssh/authorized_keys /etc/ssh/keys/pi
    printf '%s\n' 'Match User pi' '  AuthorizedKeysFile /etc/ssh/keys/%u' >>/etc/ssh/sshd_config
    chmod 600 /etc/ssh/sshd_config; systemctl reload ssh
    """

  /// Debian's sshd tolerates a group in which there is nobody else.
  private static let group = "usermod -a -G pi ada"

  static let contents: [LockOutCase] = [
    change("authorized_keys emptied", "h:write('~/.ssh/authorized_keys', '')", gate: .check).by(.key),
    change(
      "authorized_keys with another key", "h:write('~/.ssh/authorized_keys', h:read '/tmp/other.pub')", gate: .check,
      arranging: "ssh-keygen -q -t ed25519 -N '' -f /tmp/other; chmod 644 /tmp/other.pub"
    ).by(.key),
    change(
      "authorized_keys with the key in two lines",
      "h:write('~/.ssh/authorized_keys', (h:read('~/.ssh/authorized_keys'):gsub('AAAA', 'AAAA\\n')))", gate: .check
    ).by(.key),
    change(
      "a key that may come from elsewhere alone",
      "h:write('~/.ssh/authorized_keys', 'from=\"192.0.2.1\" ' .. h:read '~/.ssh/authorized_keys')", gate: .proof
    ).by(.key),
    change(
      "a key that may only run one thing",
      "h:copy_id { key = h:read '~/.ssh/authorized_keys', options = 'command=\"/bin/false\"' }", gate: .proof
    ).by(.key),
    change("the key of this login removed", "h:remove_id { key = '~/.ssh/id_ed25519.pub' }", gate: .check).by(.key),
    change(
      "the keys' file elsewhere removed", "h:remove { '/etc/ssh/keys-pi', root = true }", gate: .check,
      arranging: """
        mv ~/.ssh/authorized_keys /etc/ssh/keys-pi; systemctl reload ssh
        sed -i '1i AuthorizedKeysFile /etc/ssh/keys-%u' /etc/ssh/sshd_config; systemctl reload ssh
        """
    ).by(.key),
    change(
      "keys elsewhere emptied, where root alone reads where",
      "h:write { '/etc/ssh/keys/pi', '', root = true }", gate: .check, arranging: hidden
    ).by(.key),
    change("the same without root", "h:chmod('/etc/ssh/keys/pi', '666')", gate: .check, arranging: hidden).by(.key),
    change(
      "keys of one account elsewhere emptied", "h:write { '/etc/ssh/keys/pi', '', root = true }", gate: .check,
      arranging: matched
    ).by(.key),
    change(
      "authorized_keys emptied, behind a link", "h:write('~/.ssh/authorized_keys', '')", gate: .check,
      arranging: linked
    ).by(.key),
    change(
      "authorized_keys emptied, where the link leads", "h:write('~/dotssh/authorized_keys', '')", gate: .check,
      arranging: linked
    ).by(.key),
    change(
      "a shell that ends before it runs anything", "h:write('~/.bashrc', 'exit 0\\n')", gate: .proof
    ).by(.key, .password),
  ].flatMap(\.self)

  static let system: [LockOutCase] = [
    change("/etc/nologin", "h:write { '/etc/nologin', 'later\\n', root = true }", gate: .proof).by(.key, .password),
    change(
      "TCP wrappers", "h:edit_config { path = '/etc/hosts.deny', lines = { 'sshd: ALL' }, root = true }", gate: .proof
    ).by(.key),
    change(
      "PAM", "h:write { '/etc/pam.d/sshd', 'account required pam_deny.so\\n', root = true }", gate: .proof
    ).by(.key, .password),
    change(
      "a drop-in that wins",
      "h:write { '/etc/ssh/sshd_config.d/00.conf', 'DenyUsers pi\\n', root = true }; h:restart_ssh {}", gate: .proof
    ).by(.key, .password),
    change(
      "a drop-in for one user, and nobody lets sshd read it",
      "h:write { '/etc/ssh/sshd_config.d/pi.conf', 'Match User pi\\n  PubkeyAuthentication no\\n', root = true }",
      gate: .proof
    ).by(.key),
    change(
      "a line that lands inside Match",
      "h:edit_config { path = '/etc/ssh/sshd_config', lines = { 'PubkeyAuthentication no' }, root = true }",
      gate: .proof, arranging: "echo 'Match User pi' >>/etc/ssh/sshd_config"
    ).by(.key),
    change(
      "a configuration that sshd cannot read", "h:write { '/etc/ssh/sshd_config', 'Prot 22\\n', root = true }",
      gate: .check
    ).by(.key),
    change(
      "a drop-in that let keys in, removed",
      "h:remove { '/etc/ssh/sshd_config.d/00.conf', root = true }; h:restart_ssh {}", gate: .proof,
      arranging: """
        echo 'PubkeyAuthentication yes' >/etc/ssh/sshd_config.d/00.conf
        echo 'PubkeyAuthentication no' >>/etc/ssh/sshd_config
        """
    ).by(.key),
  ].flatMap(\.self)

  /// Commands, of which nobody knows what they do.
  static let commands: [LockOutCase] = [
    run("chmod 777 ~"),
    run("echo >.ssh/authorized_keys"),
    run("rm -r .ssh"),
    run("chmod -R go+w .ssh; false", more: ", check = false"),
    run("usermod -s /bin/false pi", isRoot: true, .key, .password),
    run("passwd -q -l pi", isRoot: true, .password),
    run("chage -E 0 pi", isRoot: true, .key, .password),
    run("echo pi:other | chpasswd", isRoot: true, .password),
    run("sed -i 's,/home/pi,/nowhere,' /etc/passwd", isRoot: true),
    run("mv /home/pi /home/old", isRoot: true, lost: ["/home/old", "/home/pi"]),
    run("touch /etc/nologin", isRoot: true, .key, .password),
    run("echo 'sshd: ALL' >/etc/hosts.deny", isRoot: true),
    run("sed -i '1i auth required pam_deny.so' /etc/pam.d/sshd", isRoot: true, .password),
    run("rm /etc/ssh/ssh_host_*", isRoot: true),
    run("chmod 666 /etc/ssh/ssh_host_ed25519_key", isRoot: true),
    run("systemctl stop ssh", isRoot: true),
    run("chmod 700 /home", isRoot: true),
    run("echo 'DenyUsers pi' >/etc/ssh/sshd_config.d/x.conf", isRoot: true),
    run("sed -i '1i AllowUsers ada' /etc/ssh/sshd_config; systemctl restart ssh", isRoot: true, .key, .password),
    run("sed -i '1i Nonsense' /etc/ssh/sshd_config", isRoot: true, gate: .check),
    run("touch /etc/nologin; sleep 300", isRoot: true, more: ", timeout = 20"),
    run(": >/etc/ssh/keys/pi", isRoot: true, arranging: hidden),
    run(": >/etc/ssh/keys/pi", arranging: matched),
    run("chmod 777 dotssh", arranging: linked),
    run("chmod 700 /usr", isRoot: true, .key, .password),
  ].flatMap(\.self)

  /// Homes whose files are kept elsewhere, with links in their places.
  static let links: [LockOutCase] = [
    change("run: keys emptied through a link", "h:run ': >.ssh/authorized_keys'", gate: .proof, arranging: dotfiles),
    change(
      "run: a link in the keys' place removed", "h:run 'rm .ssh/authorized_keys'", gate: .proof, arranging: dotfiles),
    change(
      "run: a file in the place of a link", "h:run 'rm .ssh/authorized_keys; echo >.ssh/authorized_keys'",
      gate: .proof, arranging: dotfiles),
    change("run: an open folder behind a link", "h:run 'chmod 777 dotfiles'", gate: .proof, arranging: dotfiles),
    change("run: a linked .bashrc that ends", "h:run 'echo exit >.bashrc'", gate: .proof, arranging: dotfiles),
  ].flatMap { $0.by(.key) }

  private static let dotfiles = """
    mkdir ~/dotfiles; mv ~/.ssh/authorized_keys ~/dotfiles/keys; ln -s ../dotfiles/keys ~/.ssh/authorized_keys
    mv ~/.bashrc ~/dotfiles/bashrc; ln -s dotfiles/bashrc ~/.bashrc; chown -hR pi: ~/dotfiles ~/.ssh ~/.bashrc
    """

  private static func run(
    _ command: String, isRoot: Bool = false, more: String = "", gate: Gate = .proof, arranging: String = ":",
    lost: [String] = [], _ ways: Way...
  ) -> [LockOutCase] {
    let lua = "h:run([[\(command)]], { root = \(isRoot)\(more) })"
    let body = change("run: \(command)", lua, gate: gate, arranging: arranging, lost: lost)
    return (ways.isEmpty ? [.key] : ways).flatMap { body.by($0) }
  }
}
