import Testing

/// A login that gets in by anything but the key in question proves nothing. Here all the other ways are open: a live
/// control master in the operator's own configuration, an agent with another key that works, and a password.
@Suite("no false confirmation", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct FalseConfirmationTests {
  /// Runs a recipe with every other way in open.
  ///
  /// - Parameters:
  ///   - inAgentAlone: whether the good key's files are gone.
  ///   - configured: another line of the operator's configuration.
  private static func run(
    _ body: String, inAgentAlone: Bool = false, configured: String = ""
  ) async throws -> (run: Finished, host: LabHost) {
    let host = try await Lab.host(.debian)
    let run = try await Operator.with { person in
      try await person.trusts(host)
      let made = try await person.shell(
        """
        cd .ssh; umask 077
        ssh-keygen -q -t ed25519 -N '' -C good -f id_ed25519; ssh-keygen -q -t ed25519 -N '' -C broken -f broken
        printf '%s\\n' 'Host *' '  ControlMaster auto' '  ControlPath /tmp/%C' '  ControlPersist 60' '\(configured)' >config
        """)
      #expect(made.status == 0, "\(made)")
      try await host.authorize(try person.read(".ssh/id_ed25519.pub"))
      try person.write(
        "prove.lua",
        """
        recipe {
          summary = "Proves a key", hosts = { { "h", "A host" } }, needs = { "keys", "files", "ssh", "run", "root" },
          run = function(hosts)
            local h = hosts.h
            \(body)
          end,
        }
        """)
      // The agent and the master end with the script.
      return try await person.run(
        [
          "ssh-agent", "sh", "-c",
          """
          ssh-add -q .ssh/id_ed25519 && ssh -fN \(host.target) && ssh -O check \(host.target) 2>/dev/null || exit 99
          \(inAgentAlone ? "rm .ssh/id_ed25519*" : ":")
          "$@"; s=$?
          ssh -O exit \(host.target) 2>/dev/null
          exit $s
          """, "sh",
        ] + Operator.line("/root/prove.lua", [host]))
    }
    return (run, host)
  }

  @Test func `verify_login does not take a broken key for a good one`() async throws {
    let (run, _) = try await Self.run("note(tostring(h:verify_login({ key = '~/.ssh/broken' }).ok))")
    #expect(run.status == 0, "\(run)")
    #expect(run.stdout.contains("false") && !run.stdout.contains("true"), "\(run)")
  }

  /// IdentitiesOnly does not keep ssh from what its configuration names: of two keys the good one gets in.
  @Test func `a key of ~/.ssh/config does not stand in for a broken one`() async throws {
    let (run, host) = try await Self.run(
      """
      local login = h:verify_login { key = '~/.ssh/broken' }
      note("ok: " .. tostring(login.ok) .. ", cause: " .. tostring(login.cause))
      for _, line in ipairs(login.seen) do note("seen: " .. line) end
      h:write("~/.ssh/authorized_keys", "")
      """, configured: "  IdentityFile ~/.ssh/id_ed25519")
    // The key that the run works with is still the one that let it in, and not the broken one.
    #expect(run.status == 1, "\(run)")
    #expect(run.stderr.contains("this would lock you out"), "\(run)")
    #expect(run.stdout.contains("ok: false, cause: key-not-installed"), "\(run)")
    #expect(run.stdout.contains("seen: the server let us in by SHA256:"), "\(run)")
    #expect(run.stdout.contains("/.ssh/id_ed25519), not with SHA256:"), "\(run)")
    #expect(try await host.root("grep -c AAAAC3 ~pi/.ssh/authorized_keys") == "1")
  }

  @Test func `restart_ssh does not take it for proved either`() async throws {
    let (run, host) = try await Self.run(
      "h:edit_config { options = { X11Forwarding = false } }; h:restart_ssh { key = '~/.ssh/broken' }",
      configured: "  IdentityFile ~/.ssh/id_ed25519")
    #expect(run.status == 3 || run.stderr.contains("rehearsal"), "\(run)")
    #expect(try await host.root("grep -i ^x11forwarding /etc/ssh/sshd_config") == "X11Forwarding yes")
  }

  /// From host to host: a forced command that repeats what it was asked, a key that ssh's configuration names there, and the
  /// good key.
  @Test func `a login from one host to another proves the one key and a shell`() async throws {
    let hosts = try await Lab.hosts(.debian, 2)
    let (from, to) = (hosts[0], hosts[1])
    let keys = try await from.root(
      """
      cd ~pi; install -d -m 700 -o pi -g pi .ssh
      for k in good forced broken; do ssh-keygen -q -t ed25519 -N '' -C $k -f .ssh/$k; done
      echo 'IdentityFile ~/.ssh/good' >.ssh/config; chown -R pi: .ssh
      cat .ssh/good.pub .ssh/forced.pub
      """)
    try await to.root(
      """
      mkdir -p ~pi/.ssh; chmod 700 ~pi/.ssh; chown pi: ~pi/.ssh
      sed 's/^\\(.*forced\\)$/command="echo $SSH_ORIGINAL_COMMAND" \\1/' >~pi/.ssh/authorized_keys
      chown pi: ~pi/.ssh/authorized_keys; chmod 600 ~pi/.ssh/authorized_keys
      """, input: keys + "\n")
    let run = try await Operator.with { person in
      try person.write(
        "prove.lua",
        """
        recipe {
          summary = "Proves keys", hosts = { { "from", "A host" }, { "to", "Another" } }, needs = { "keys", "files" },
          run = function(hosts)
            hosts.from:trust_host(hosts.to)
            for _, name in ipairs { "good", "forced", "broken" } do
              local login = hosts.to:verify_login { key = "~/.ssh/" .. name, from = hosts.from }
              note(name .. ": " .. tostring(login.ok) .. " " .. tostring(login.cause))
            end
          end,
        }
        """)
      return try await person.unattended("/root/prove.lua", from, to)
    }
    #expect(run.status == 0, "\(run)")
    for line in ["good: true nil", "forced: false forced-command", "broken: false key-not-installed"] {
      #expect(run.stdout.contains(line), "\(line): \(run)")
    }
  }

  @Test func `a good key is proved with all of it in the way`() async throws {
    let (run, _) = try await Self.run("note(tostring(h:verify_login({ key = '~/.ssh/id_ed25519' }).ok))")
    #expect(run.status == 0, "\(run)")
    #expect(run.stdout.contains("true"), "\(run)")
  }

  @Test func `restart_ssh does not take it for proved, and puts everything back`() async throws {
    let (run, host) = try await Self.run(
      "h:edit_config { options = { X11Forwarding = false } }; h:restart_ssh { key = '~/.ssh/broken' }")
    #expect(run.status == 3 || run.stderr.contains("rehearsal"), "\(run)")
    #expect(try await host.root("grep -i ^x11forwarding /etc/ssh/sshd_config") == "X11Forwarding yes")
  }

  /// Only the agent has the key that the run logged in with; the password still works.
  @Test func `a password does not stand in for the agent's key`() async throws {
    let (run, host) = try await Self.run(
      "h:run [[sed -i s/AAAAC3/AAAAC4/ .ssh/authorized_keys]]", inAgentAlone: true)
    #expect(run.status == 3, "\(run)")
    #expect(try await host.root("grep -c AAAAC3 ~pi/.ssh/authorized_keys") == "1")
  }

  @Test func `copy_id of a key whose private half is another one is found out by its proof`() async throws {
    let (run, _) = try await Self.run(
      """
      h:copy_id { key = '~/.ssh/broken.pub' }
      here:run 'cd .ssh && rm broken broken.pub && ssh-keygen -q -t ed25519 -N "" -f broken'
      note(tostring(h:verify_login({ key = '~/.ssh/broken' }).ok))
      """)
    #expect(run.status == 0, "\(run)")
    #expect(run.stdout.contains("false") && !run.stdout.contains("true"), "\(run)")
  }

  @Test func `a login that needs neither key nor password proves no key, and is told as such`() async throws {
    let pi = try await Lab.host(.debian)
    try await pi.root(
      "passwd -qd pi; echo 'PermitEmptyPasswords yes' >/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh")
    try await Operator.with { person in
      let run = try await person.unattended("raspi_passwordless", pi)
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("the server lets the account in without key or password"), "\(run)")
    }
  }
}
