import Testing

/// Homes and folders as sshd will not have them.
@Suite("modes and owners that sshd refuses", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct ModesTests {
  /// A home that sshd refuses, with another member in its group, so that Debian does not tolerate it.
  private static func open(_ home: String, _ mode: String, on host: LabHost) async throws {
    if host.kind == .debian { try await host.root("usermod -a -G pi ada") }
    try await host.root("chmod \(mode) \(home)")
  }

  @Test(arguments: [Lab.Kind.debian, .syno], [("775", "drwxr-xr-x"), ("777", "drwxr-xr-x"), ("730", "drwx--x---")])
  func `a home that others may write to is closed, and nothing else is touched`(
    _ kind: Lab.Kind, _ mode: (before: String, after: String)
  ) async throws {
    let host = try await Lab.host(kind)
    let home = try await host.home()
    try await Self.open(home, mode.before, on: host)
    try await Operator.with { person in
      try await person.plan("raspi_passwordless", host)
      let before = try await host.snapshot()
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await person.logsIn(to: host))
      #expect(try await host.root("ls -ld \(home) | cut -c1-10") == mode.after)
      #expect(
        try await host.changed(since: before)
          == [home, "\(home)/.ssh", "\(home)/.ssh/authorized_keys"])
    }
  }

  @Test func `a home that only its owner's private group may write to is left alone on Debian`() async throws {
    let host = try await Lab.host(.debian)
    try await host.root("chmod 775 /home/pi")
    try await Operator.with { person in
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await person.logsIn(to: host))
      #expect(try await host.root("ls -ld /home/pi | cut -c1-10") == "drwxrwxr-x")
    }
  }

  @Test(arguments: [Lab.Kind.debian, .syno])
  func `all that is wrong at once is repaired with one more login`(_ kind: Lab.Kind) async throws {
    let host = try await Lab.host(kind)
    let home = try await host.home()
    try await Self.open(home, "777", on: host)
    try await host.root(
      "mkdir \(home)/.ssh; : >\(home)/.ssh/authorized_keys; chmod 777 \(home)/.ssh; "
        + "chmod 666 \(home)/.ssh/authorized_keys; chown -R \(host.user) \(home)/.ssh")
    try await Operator.with { person in
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await person.logsIn(to: host))
      #expect(
        try await host.root("ls -ld \(home) \(home)/.ssh \(home)/.ssh/authorized_keys | cut -c1-10")
          == "drwxr-xr-x\ndrwxr-xr-x\n-rw-r--r--")
    }
  }

  @Test(arguments: [Lab.Kind.debian, .syno])
  func `a folder that belongs to root stays so without a person, and is the failure's cause`(
    _ kind: Lab.Kind
  ) async throws {
    let host = try await Lab.host(kind)
    let home = kind == .syno ? "/var/services/homes/admin" : "/home/pi"
    try await host.root("mkdir -m 755 \(home)/.ssh; chown 0:0 \(home)/.ssh")
    try await Operator.with { person in
      try await person.plan("raspi_passwordless", host, status: 1)
      let before = try await host.snapshot()
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.status == 1, "\(run)")
      #expect(
        run.stderr.contains("\(host.target): \"\(home)/.ssh\" belongs to root, not to \(host.user)\n"), "\(run)")
      #expect(run.stderr.contains("sudo chown \(host.user) \(home)/.ssh\n"), "\(run)")
      #expect(try await host.changed(since: before) == [])
    }
  }

  @Test(arguments: [Lab.Kind.debian, .syno])
  func `a home that is not there stops all, and the cause is named`(_ kind: Lab.Kind) async throws {
    let host = try await Lab.host(kind)
    let home = try await host.home()
    try await host.root("rm -rf \(home)")
    try await Operator.with { person in
      try await person.plan("raspi_passwordless", host, status: 1)
      let before = try await host.snapshot()
      let run = try await person.unattended("raspi_passwordless", host)
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("home"), "\(run)")
      #expect(try await host.changed(since: before) == [])
    }
  }
}
