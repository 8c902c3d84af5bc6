import Testing

/// sshd's configuration as administrators have it: behind links, with values in other forms, under `Match`, and with
/// options on sshd's command line.
@Suite("sshd's configuration", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct SSHDConfigTests {
  @Test func `a main file and a drop-in behind links are edited at their targets, and undone there`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.debian, person)
      try await host.root(
        "mkdir /srv/etc; mv /etc/ssh/sshd_config /srv/etc/; ln -s /srv/etc/sshd_config /etc/ssh/sshd_config; "
          + "echo 'LoginGraceTime 99' >/srv/etc/x.conf; ln -s ../../../srv/etc/x.conf /etc/ssh/sshd_config.d/50-x.conf; "
          + "systemctl reload ssh")
      let before = try await host.snapshot()
      for (option, path) in [("LoginGraceTime", "/srv/etc/x.conf"), ("MaxAuthTries", "/srv/etc/sshd_config")] {
        let run = try await RehearsalTests.set(option, "5", person, host)
        #expect(run.status == 0, "\(run)")
        #expect(try await host.root("grep -c '^\(option) 5' \(path)") == "1")
      }
      #expect(try await host.root("sshd -T | grep -c -x -e 'logingracetime 5' -e 'maxauthtries 5'") == "2")
      #expect(
        try await host.root("readlink /etc/ssh/sshd_config /etc/ssh/sshd_config.d/50-x.conf")
          == "/srv/etc/sshd_config\n../../../srv/etc/x.conf")
      let undo = try await person.recipes("undo", "--yes")
      #expect(undo.status == 0, "\(undo)")
      #expect(
        try await host.changed(since: before).filter { !$0.hasPrefix("/var/") } == ["/srv/etc/x.conf"], "\(undo)")
    }
  }

  @Test func `an option on sshd's command line is named, and nothing is changed`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.debian, person)
      try await host.root(
        "echo 'SSHD_OPTS=\"-o PasswordAuthentication=yes\"' >/etc/default/ssh; systemctl restart ssh")
      let before = try await host.snapshot()
      let run = try await RehearsalTests.set("PasswordAuthentication", "no", person, host)
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("sshd's command line decides about PasswordAuthentication"), "\(run)")
      #expect(run.stderr.contains("-o PasswordAuthentication=yes"), "\(run)")
      #expect(try await host.changed(since: before) == [])
      let other = try await RehearsalTests.set("LoginGraceTime", "44", person, host)
      #expect(other.status == 0, "\(other)")
    }
  }

  @Test func `the configuration with which sshd was started is the one that is edited and reloaded`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.debian, person)
      try await host.root(
        "mkdir /srv/ssh; cp /etc/ssh/sshd_config /srv/ssh/main; echo 'SSHD_OPTS=\"-f /srv/ssh/main\"' >/etc/default/ssh; "
          + "echo 'UsePAM yes' >/etc/ssh/sshd_config; systemctl restart ssh")
      let run = try await RehearsalTests.set("PasswordAuthentication", "no", person, host, more: ["--verbose"])
      #expect(run.status == 0, "\(run)")
      #expect(run.stdout.contains("set PasswordAuthentication no in /srv/ssh/main"), "\(run)")
      #expect(
        try await host.root("cat /etc/ssh/sshd_config; grep -c '^PasswordAuthentication no' /srv/ssh/main")
          == "UsePAM yes\n1")
      #expect(try await !person.logsInWithPassword(to: host))
    }
  }

  @Test func `an sshd that was started by hand, beside its service, is not said to have read an edit`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.debian, person)
      try await host.root("systemctl stop ssh; systemctl mask ssh; mkdir -p -m 755 /run/sshd; /usr/sbin/sshd")
      let before = try await host.snapshot()
      let run = try await RehearsalTests.set("PasswordAuthentication", "no", person, host)
      let isClosed = try await !person.logsInWithPassword(to: host)
      #expect((run.status == 0) == isClosed, "\(run)")
      if !isClosed { #expect(try await host.changed(since: before).filter { $0.hasPrefix("/etc/") } == [], "\(run)") }
    }
  }

  @Test func `with Match LocalPort, sshd is edited, and again`() async throws {
    try await Operator.with { person in
      let host = try await RehearsalTests.host(.debian, person)
      try await host.root(
        "printf 'Match LocalPort 2222\\n  X11Forwarding no\\n' >>/etc/ssh/sshd_config; systemctl restart ssh")
      for message in ["Done", "Nothing had to be changed"] {
        let run = try await RehearsalTests.set("Ciphers", "-chacha20-poly1305@openssh.com", person, host)
        #expect(run.status == 0 && run.stdout.contains(message), "\(run)")
      }
    }
  }

  @Test(
    "a key goes into the file that a Match block names for the account",
    arguments: ["User pi", "Group pi", "Address 10.77.0.0/16", "LocalPort 22", "User !root,*"])
  func keysFile(criteria: String) async throws {
    let host = try await Lab.host(.debian)
    try await host.root(
      "printf 'Match \(criteria)\\n  AuthorizedKeysFile .ssh/own_keys\\n' >>/etc/ssh/sshd_config; systemctl reload ssh")
    try await Operator.with { person in
      try await person.shell("umask 077; mkdir -p .ssh; ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519")
      try person.write("copy.lua", AuthorizedKeysTests.recipe)
      let run = try await person.unattended("copy.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await host.root("ls \(try await host.home())/.ssh") == "own_keys")
      #expect(try await person.logsIn(to: host))
    }
  }

  @Test func `a file with keys of more than a megabyte gets one more`() async throws {
    let host = try await Lab.host(.debian)
    let home = try await host.home()
    try await host.root(
      "umask 077; mkdir -p \(home)/.ssh; i=0; while [ $i -lt 14000 ]; do echo '\(Keys.ed25519)'; i=$((i + 1)); done "
        + ">\(home)/.ssh/authorized_keys; chown -R \(host.user) \(home)/.ssh")
    try await Operator.with { person in
      try await person.shell("umask 077; mkdir -p .ssh; ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519")
      try person.write("copy.lua", AuthorizedKeysTests.recipe)
      let run = try await person.unattended("copy.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await host.root("wc -l <\(home)/.ssh/authorized_keys") == "14001")
      #expect(try await person.logsIn(to: host))
    }
  }

  @Test func `keys that an administrator keeps are not given away by the advice`() async throws {
    let host = try await Lab.host(.debian)
    try await host.root(
      "mkdir /etc/ssh/keys; : >/etc/ssh/keys/pi; echo 'AuthorizedKeysFile /etc/ssh/keys/%u' "
        + ">/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh")
    try await Operator.with { person in
      try await person.shell("umask 077; mkdir -p .ssh; ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519")
      try person.write("copy.lua", AuthorizedKeysTests.recipe)
      let run = try await person.unattended("copy.lua", host)
      #expect(run.status == 1 && run.stderr.contains("copy_id { key = key, root = true }"), "\(run)")
      #expect(!run.stderr.contains("chown"), "\(run)")
      try person.write(
        "copy.lua",
        AuthorizedKeysTests.recipe.replacing("\"keys\"", with: "\"keys\", \"root\"")
          .replacing("reuse = true }", with: "reuse = true }, root = true"))
      let asRoot = try await person.unattended("copy.lua", host)
      #expect(asRoot.status == 0, "\(asRoot)")
      #expect(try await host.root("ls -ln /etc/ssh/keys/pi | cut -d' ' -f1,3,4") == "-rw-r--r-- 0 0")
      #expect(try await person.logsIn(to: host))
    }
  }
}
