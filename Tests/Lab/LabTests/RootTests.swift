import Testing

/// The ways to become root, and to be refused: root is user 0, and the tool's own words decide.
@Suite("root", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct RootTests {
  struct Account: Sendable, CustomTestStringConvertible {
    var name: String
    /// The changes to the host, as root.
    var arranging: String
    var user = "ada"
    var password = "lovelace"
    var rootPassword = "lovelace"
    /// Words of the output.
    var says: String
    var testDescription: String { name }
  }

  private static let recipe = """
    recipe {
      summary = "Become root", hosts = { { "it", "The host" } }, needs = { "run", "root" },
      run = function(hosts) note("user " .. hosts.it:run { "id -u", root = true, reads = true }.stdout) end,
    }
    """

  private static let shim = """
    mv /usr/bin/sudo /usr/bin/real; cat >/usr/bin/sudo <<'END'
    #!/bin/sh
    case $1 in -[insu]|[!-]*) exec /usr/bin/real "$@";; esac
    echo "sudo: unrecognized option: ${1#-}" >&2; echo "Usage: sudo [-ins] [-u <user>] <command>" >&2; exit 1
    END
    chmod 755 /usr/bin/sudo
    """

  private static let recorded = """
    printf '#!/bin/sh\\nexec script -qec "${SSH_ORIGINAL_COMMAND:-bash}" /dev/null\\n' >/usr/local/bin/rec
    chmod 755 /usr/local/bin/rec; echo 'ForceCommand /usr/local/bin/rec' >/etc/ssh/sshd_config.d/01.conf
    systemctl reload ssh
    """

  static let allowed = [
    Account(name: "runas_default", arranging: "echo 'Defaults runas_default=pi' >/etc/sudoers.d/99", says: "user 0"),
    Account(
      name: "targetpw, with root's password",
      arranging: "echo 'Defaults targetpw' >/etc/sudoers.d/99; echo root:rootpw | chpasswd", rootPassword: "rootpw",
      says: "user 0"),
    Account(name: "a shim that has no options", arranging: shim, user: "pi", password: "raspberry", says: "user 0"),
    Account(name: "a session that is recorded on a terminal", arranging: recorded, says: "user 0"),
    Account(
      name: "a HOME that start-up files move", arranging: "echo 'export HOME=/srv' >~ada/.bashrc", says: "user 0"),
  ]

  /// Without doas, which would be tried next, sudo is the only way to become root.
  private static let withoutDoas = "rm /usr/bin/doas"

  static let refused = [
    Account(
      name: "PAM's account rules",
      arranging: "printf '@include common-auth\\naccount required pam_deny.so\\n' >/etc/pam.d/sudo",
      says: "sudo refused, and says"),
    Account(
      name: "no set-user-ID bit", arranging: "\(withoutDoas); chmod u-s /usr/bin/sudo",
      says: "sudo cannot give root"),
    Account(
      name: "sudoers that all may write", arranging: "\(withoutDoas); chmod 666 /etc/sudoers",
      says: "sudo cannot give root"),
    Account(
      name: "no new privileges",
      arranging: """
        mkdir -p /etc/systemd/system/ssh.service.d
        printf '[Service]\\nNoNewPrivileges=yes\\n' >/etc/systemd/system/ssh.service.d/n.conf
        systemctl daemon-reload; systemctl restart ssh
        """, says: "sudo cannot give root"),
    Account(
      name: "some commands alone",
      arranging: "deluser --quiet ada sudo; echo 'ada ALL=(ALL) /usr/bin/id' >/etc/sudoers.d/99",
      says: "sudo does not allow ada a shell as root"),
    Account(
      name: "targetpw, with the account's own password",
      arranging: "echo 'Defaults targetpw' >/etc/sudoers.d/99; echo root:rootpw | chpasswd",
      says: "sudo asks for root's password on this host"),
    Account(
      name: "start-up files that run another program", arranging: "echo 'exec sh' >~ada/.bashrc",
      says: "the account's start-up files run another program"),
    Account(
      name: "start-up files that wait", arranging: "echo 'sleep 1000' >~ada/.bashrc",
      says: "the account's start-up files run another program"),
    Account(
      name: "a forced command for all",
      arranging: "echo 'ForceCommand /bin/false' >/etc/ssh/sshd_config.d/01.conf; systemctl reload ssh",
      says: "the server let ada in and ran something that ended"),
  ]

  private func run(_ account: Account) async throws -> Finished {
    let host = try await Lab.host(.debian)
    try await host.root(account.arranging)
    return try await Operator.with { person in
      try person.write("root.lua", Self.recipe)
      return try await person.run([
        Lab.binary, "run", "/root/root.lua", "\(account.user)@\(host.address)", "--accept-new", "--yes", "--output",
        "plain", "--password-command", "printf \(account.password)", "--sudo-password-command",
        "printf \(account.rootPassword)",
      ])
    }
  }

  @Test(arguments: allowed)
  func `root is user 0, however the host makes it`(_ account: Account) async throws {
    let run = try await run(account)
    #expect(run.status == 0 && run.stdout.contains(account.says), "\(run)")
  }

  @Test(arguments: refused)
  func `who is not made root is told why in the tool's words, and is never sent to usermod`(
    _ account: Account
  ) async throws {
    let run = try await run(account)
    #expect(run.status != 0 && (run.stdout + run.stderr).contains(account.says), "\(run)")
    #expect(!(run.stdout + run.stderr).contains("usermod"), "\(run)")
    #expect(!(run.stdout + run.stderr).contains("chsh"), "\(run)")
  }
}
