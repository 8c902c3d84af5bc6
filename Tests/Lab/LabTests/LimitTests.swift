import Testing

/// Limits of sshd, systemd and OpenSSH that people run into: met on purpose.
@Suite("limits", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct LimitTests {
  @Test func `a proof at the heels of a reload is not lost in the moment when nobody listens`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try person.write("reload.lua", Self.reloads(times: 4))
      let run = try await person.unattended("/root/reload.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(run.stdout.contains("proved 4 times"))
    }
  }

  @Test func `eight runs in a row that make sshd read its configuration do not meet systemd's start limit`()
    async throws
  {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try person.write("reload.lua", Self.reloads(times: 2))
      for number in 1...4 {
        let run = try await person.unattended("/root/reload.lua", host)
        #expect(run.status == 0, "run \(number): \(run)")
      }
      #expect(try await host.root("systemctl is-active ssh; systemctl show -p Result --value ssh") == "active\nsuccess")
    }
  }

  /// One session is the login's shell; root's shell and the ending of what takes too long want more.
  @Test(arguments: [1, 2])
  func `where the server allows few sessions, a recipe works or says so`(_ sessions: Int) async throws {
    let host = try await Lab.host(.debian)
    try await host.root(
      "echo 'MaxSessions \(sessions)' >/etc/ssh/sshd_config.d/sessions.conf; systemctl restart ssh")
    try await Operator.with { person in
      let passwordless = try await person.unattended("raspi_passwordless", host)
      #expect(passwordless.status == 0, "\(passwordless)")
      try person.write("root.lua", FailureTests.asksForRoot)
      let root = try await person.unattended("/root/root.lua", host)
      if sessions == 1 {
        #expect(root.status == 1, "\(root)")
        #expect(
          root.errors(about: host) == """
            error: pi@ADDRESS: the server allows no more sessions on one connection
              step    Become root (root.lua:LINE)
              cause   MaxSessions in its sshd_config is too small: a recipe needs one session, one more for root, and one to end what \
            takes too long
              seen    mux_client_request_session: session request failed: Session open refused by peer
              fix     raise MaxSessions in sshd_config to 3 or more, and reload sshd; OpenSSH's default is 10

            """)
      } else {
        #expect(root.status == 0, "\(root)")
      }
    }
  }

  @Test func `after runs that failed, a server with penalties is not lost to the right password`() async throws {
    let host = try await Lab.host(.trixie)
    try await Operator.with { person in
      for number in 1...2 {
        let wrong = try await person.recipes(
          ["run", "raspi_passwordless", host.target, "--accept-new", "--password-command", "printf wrong", "--yes"])
        #expect(wrong.status == 1, "run \(number)")
        #expect(wrong.stderr.contains("the password was refused"), "run \(number): \(wrong)")
      }
      let right = try await person.unattended("raspi_passwordless", host)
      #expect(right.status == 0, "\(right)")
    }
  }

  @Test func `a server that turns this address away says so, and is not asked again`() async throws {
    let host = try await Lab.host(.trixie)
    try await host.root(
      "echo 'PerSourcePenalties authfail:600 min:1' >/etc/ssh/sshd_config.d/p.conf; systemctl restart ssh")
    try await Operator.with { person in
      let wrong = try await person.recipes(
        ["run", "raspi_passwordless", host.target, "--accept-new", "--password-command", "printf wrong", "--yes"])
      #expect(wrong.status == 1)
      let banned = try await person.unattended("raspi_passwordless", host)
      #expect(banned.status == 1)
      #expect(
        banned.errors(about: host) == """
          error: pi@ADDRESS: the server turns this computer away for a while
            step    Reach the Pi (raspi_passwordless.lua:LINE)
            cause   there were too many failed or unfinished logins from this address; sshd forgets them with time, after 10 \
          minutes at most
            seen    the server turns this address away for a while, after failed logins or too many connections ("Not allowed at \
          this time")
            fix     wait 10 minutes and try once
                    an administrator can except this address: PerSourcePenaltyExemptList in sshd_config (OpenSSH 9.8 and newer)

          """)
    }
  }

  @Test func `a home and a folder for temporary files that are very deep do not make sockets too long`() async throws {
    let host = try await Lab.host(.debian)
    let deep = "/root/" + Array(repeating: "a-folder-with-a-long-name", count: 8).joined(separator: "/")
    try await Operator.with { person in
      try await person.shell("umask 077; mkdir -p \(deep)/run")
      let run = try await person.run([
        "env", "HOME=\(deep)", "TMPDIR=\(deep)", "XDG_RUNTIME_DIR=\(deep)/run", Lab.binary, "run", "raspi_passwordless",
        host.target, "--accept-new", "--password-command", "printf raspberry", "--yes",
      ])
      #expect(run.status == 0, "\(run)")
    }
  }

  @Test func `an agent full of keys does not use up the tries before the password`() async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      let run = try await person.shell(
        """
        umask 077; mkdir -p /root/keys
        for n in 1 2 3 4 5 6 7 8; do ssh-keygen -q -t ed25519 -N '' -f /root/keys/$n; done
        exec ssh-agent sh -c 'ssh-add -q /root/keys/[1-8] && [ $(ssh-add -l | wc -l) = 8 ] && exec \(Lab.binary) run \
        raspi_passwordless \(host.target) --accept-new --password-command "printf raspberry" --yes --output plain'
        """)
      // Plain ssh still offers the agent's keys first.
      let cause = "the server hung up after too many keys"
      #expect(run.status == 1 && run.stderr.contains(cause) && run.stderr.contains("; IdentitiesOnly yes"), "\(run)")
      #expect(try await person.logsIn(to: host))
    }
  }

  /// Changes sshd's configuration so many times, and each time lets sshd read it and logs in.
  private static func reloads(times: Int) -> String {
    """
    recipe {
      summary = "Lets sshd read its configuration again and again",
      hosts = { { "to", "The host" } },
      needs = { "run", "files", "ssh", "root", "keys" },
      run = function(hosts)
        local to = hosts.to
        local key = here:keygen { reuse = true }
        to:copy_id { key = key }
        for number = 1, \(times) do
          if not to:restart_ssh({ key = key, force = true }).changed then fail("nothing was reloaded") end
          local login = to:verify_login { key = key }
          if not login.ok then fail(login) end
        end
        note("proved \(times) times")
      end,
    }
    """
  }
}
