import Foundation
import Testing

/// Possible contents of a user's `~/.ssh/config` and agent: `raspi_passwordless` works, or names the line.
@Suite("the user's own ssh", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct OwnConfigurationTests {
  /// Options that bear neither on whether the server lets the user in nor on our sessions.
  static let harmless = [
    "PermitLocalCommand yes\n LocalCommand sleep 2", "RequestTTY force", "LogLevel QUIET",
    "LogLevel DEBUG3", "LogVerbose kex.c:*:1000", "VisualHostKey yes", "UpdateHostKeys ask", "AddKeysToAgent ask",
    "ForwardAgent yes", "ForwardX11 yes", "ForwardX11Trusted yes", "Tunnel yes", "DynamicForward 1080",
    "LocalForward 2200 localhost:22", "RemoteForward 2200 localhost:22", "GatewayPorts yes", "ExitOnForwardFailure yes",
    "ControlMaster auto\n ControlPath ~/.ssh/cm-%r@%h:%p\n ControlPersist 60",
    "ControlMaster ask\n ControlPath ~/.ssh/cm-%r@%h:%p", "CanonicalizeHostname yes\n CanonicalDomains invalid",
    "CanonicalizeHostname always", "CheckHostIP yes", "HashKnownHosts yes", "StrictHostKeyChecking accept-new",
    "StrictHostKeyChecking no", "UserKnownHostsFile /dev/null",
    "UserKnownHostsFile ~/.ssh/%h.known", "UserKnownHostsFile ${HOME}/.ssh/known",
    "UserKnownHostsFile /dev/null ~/.ssh/second", "GlobalKnownHostsFile /dev/null", "VerifyHostKeyDNS ask",
    "KbdInteractiveAuthentication no", "BatchMode yes", "NumberOfPasswordPrompts 0", "IdentityAgent none",
    "IdentityAgent /nonexistent", "IdentityFile ~/.ssh/id_ed25519", "GSSAPIAuthentication yes",
    "HostbasedAuthentication yes", "ConnectionAttempts 3", "ConnectTimeout 30", "ServerAliveInterval 1",
    "TCPKeepAlive no", "Compression yes", "EscapeChar none", "EnableEscapeCommandline yes", "SendEnv *",
    "SetEnv A=b", "RekeyLimit 1M 60", "IPQoS none", "HostKeyAlias other", "FingerprintHash md5",
    "NoHostAuthenticationForLocalhost yes", "ProxyUseFdpass yes", "StreamLocalBindUnlink yes",
    "PKCS11Provider /nonexistent.so", "SecurityKeyProvider /nonexistent.so", "CertificateFile ~/.ssh/no-cert.pub",
    "RequiredRSASize 4096", "IgnoreUnknown UseKeychain\n UseKeychain yes", "AddressFamily inet",
  ]

  /// Options that keep the run or the user out, with the words of the message.
  static let harmful = [
    ("Ciphers nosuch", "line 2"), ("UseKeychain yes", "line 2"), ("Port 2222", "line 2: Port 2222"),
    ("AddressFamily inet6", "line 2: AddressFamily inet6"), ("KnownHostsCommand /bin/false", "KnownHostsCommand"),
    ("HostKeyAlgorithms ssh-rsa", "line 2: HostKeyAlgorithms ssh-rsa"), ("ProxyCommand false", "ProxyCommand"),
    ("PasswordAuthentication no\n KbdInteractiveAuthentication no", "PasswordAuthentication no"),
    ("PreferredAuthentications publickey", "line 2: PreferredAuthentications publickey"),
    ("PubkeyAuthentication no", "line 2: PubkeyAuthentication no"),
    ("PreferredAuthentications password", "line 2: PreferredAuthentications password"),
    // "Tunnel forwarding failed", or "Could not request tunnel forwarding" where this computer has no tunnels.
    ("Tunnel yes\n ExitOnForwardFailure yes", "unnel forwarding"),
    ("UserKnownHostsFile none", "line 2: UserKnownHostsFile none"),
    ("PubkeyAcceptedAlgorithms rsa-sha2-512", "line 2: PubkeyAcceptedAlgorithms rsa-sha2-512"),
    ("UserKnownHostsFile ~/no/such/file", "known_hosts cannot be written"),
  ]

  /// Options that keep the key from being offered. One more `IdentityFile` takes nothing away, so `--yes` agrees to it.
  static let mended = [
    "IdentityFile none", "IdentitiesOnly yes\n IdentityFile ~/.ssh/work",
    "IdentitiesOnly yes\n IdentityFile ~/.ssh/id_ed25519.pub",
    "IdentitiesOnly yes\nMatch final\n IdentityFile ~/.ssh/work",
  ]

  /// Options that take away the shell of `ssh HOST` from a login that works.
  static let blocking = [
    "ForkAfterAuthentication yes", "SessionType none", "SessionType subsystem", "StdinNull yes",
    "ControlMaster auto\n ControlPath ~/.ssh/" + String(repeating: "a", count: 110),
    "ControlMaster auto\n ControlPath ~/.ssh/no/such/%C",
  ]

  /// What the user's own ssh really does: whether it runs a command, and whether its shell does what is typed.
  private static func isInByPlainSSH(_ person: Operator, _ pi: LabHost) async throws -> Bool {
    let ssh = "timeout 20 ssh -o StrictHostKeyChecking=no -o ControlPersist=no \(pi.target)"
    let script = "\(ssh) true </dev/null && printf 'echo got-\"in\"; exit\\n' | \(ssh) | grep -q got-in"
    return try await person.shell(script).status == 0
  }

  /// A user with one key, this configuration for all hosts, and a host that asks for a password.
  private static func run(_ options: String, on pi: LabHost) async throws -> (
    run: Finished, isIn: Bool, isInByPlainSSH: Bool
  ) {
    try await pi.root("rm -rf /home/pi/.ssh")
    return try await Operator.with { person in
      try await person.shell("umask 077; mkdir .ssh; ssh-keygen -q -t ed25519 -N '' -C me -f .ssh/id_ed25519")
      try person.write(".ssh/config", "Host *\n \(options)\n")
      let run = try await person.unattended("raspi_passwordless", pi)
      let login = "ssh -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=no \(pi.target) true"
      return (run, try await person.shell(login).status == 0, try await Self.isInByPlainSSH(person, pi))
    }
  }

  @Test func `an option that does not bear on the login changes nothing`() async throws {
    let pi = try await Lab.host(.debian)
    for options in Self.harmless {
      let (run, isIn, isInByPlainSSH) = try await Self.run(options, on: pi)
      #expect(run.status == 0 && isIn && !run.stderr.contains("warning"), "\(options): \(run)")
      #expect(isInByPlainSSH, "\(options)")
    }
  }

  @Test func `an option that is in the way is named, with its line`() async throws {
    let pi = try await Lab.host(.debian)
    for (options, words) in Self.harmful {
      let (run, _, _) = try await Self.run(options, on: pi)
      #expect(run.stderr.contains(words), "\(options): \(run)")
      #expect(!run.stderr.contains("chsh") && !run.stderr.contains("the server's log tells"), "\(options): \(run)")
    }
  }

  @Test func `a key that the configuration does not offer gets its line for this host by --yes`() async throws {
    let pi = try await Lab.host(.debian)
    for options in Self.mended {
      let (run, _, isInByPlainSSH) = try await Self.run(options, on: pi)
      #expect(run.status == 0 && isInByPlainSSH && run.stdout.contains("IdentityFile"), "\(options): \(run)")
      #expect(!run.stdout.contains(", IdentityFile"), "\(options): \(run)")
    }
  }

  @Test func `a setting with which plain ssh gives no session is named, and the run is not done`() async throws {
    let pi = try await Lab.host(.debian)
    for options in Self.blocking {
      let (run, isIn, isInByPlainSSH) = try await Self.run(options, on: pi)
      #expect(run.status == 1 && isIn && !isInByPlainSSH, "\(options): \(run)")
      let line = options.split(separator: "\n").last ?? ""
      #expect(run.stderr.contains("/.ssh/config line ") && run.stderr.contains(line.drop { $0 == " " }), "\(run)")
      #expect(!(run.stdout + run.stderr).contains("Done in"), "\(options): \(run)")
    }
  }

  @Test func `a command that the user wants ssh to run is told with its line, and not run`() async throws {
    let pi = try await Lab.host(.debian)
    let (run, isIn, _) = try await Self.run("RemoteCommand touch made-by-user", on: pi)
    #expect(run.status == 0 && isIn, "\(run)")
    #expect(run.stdout.contains(", and runs the command of "), "\(run)")
    #expect(run.stdout.contains("/.ssh/config line 2: RemoteCommand touch made-by-user"), "\(run)")
    #expect(run.stderr == "")
  }

  @Test func `all keywords together work too`() async throws {
    let pi = try await Lab.host(.debian)
    var seen: Set<Substring> = []
    let together = Self.harmless.filter { line in
      let keywords = line.split(separator: "\n").compactMap { $0.split(separator: " ").first }
      guard !line.contains("Forward") || line.hasPrefix("ForwardA") else { return false }
      return keywords.allSatisfy { seen.insert($0).inserted }
    }
    let (run, isIn, _) = try await Self.run(together.joined(separator: "\n "), on: pi)
    #expect(run.status == 0 && isIn, "\(run)")
  }

  /// Runs the recipe with an agent for these keys; the agent ends with the script.
  private static func withAgent(
    _ person: Operator, _ pi: LabHost, _ keys: String, then: String = ""
  ) async throws -> Finished {
    let script = "ssh-add -q \(keys) && rm \(keys) && \(then)exec \"$@\""
    return try await person.run(
      ["ssh-agent", "sh", "-c", script, "sh"] + Operator.line("raspi_passwordless", [pi]))
  }

  private static func makeKey(_ person: Operator, _ path: String) async throws -> String {
    try await person.shell("umask 077; mkdir -p .ssh other; ssh-keygen -q -t ed25519 -N '' -C me -f \(path)")
    return try person.read(path + ".pub")
  }

  @Test(arguments: [".ssh/id_ed25519", "other/key"])
  func `a key whose private half is only in an agent is copied and proved, and no other is made`(
    _ path: String
  ) async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      let key = try await Self.makeKey(person, path)
      let run = try await Self.withAgent(person, pi, path)
      #expect(run.status == 0 && !run.stderr.contains("warning"), "\(run)")
      #expect(try await pi.root("cat /home/pi/.ssh/authorized_keys") + "\n" == key)
      #expect(try await person.shell("ls .ssh/id_ed25519").status != 0)
    }
  }

  @Test func `the agent that the configuration names counts, also without SSH_AUTH_SOCK`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      let key = try await Self.makeKey(person, "other/key")
      try person.write(".ssh/config", "Host *\n IdentityAgent ~/agent\n")
      let run = try await Self.withAgent(
        person, pi, "other/key", then: "ln -s \"$SSH_AUTH_SOCK\" /root/agent && unset SSH_AUTH_SOCK && ")
      #expect(run.status == 0 && !run.stderr.contains("warning"), "\(run)")
      #expect(try await pi.root("cat /home/pi/.ssh/authorized_keys") + "\n" == key)
    }
  }

  @Test func `a key that ssh would not offer is named in the configuration when the user agrees`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      try await person.trusts(pi)
      _ = try await Self.makeKey(person, ".ssh/id_ed25519")
      try person.write(".ssh/config", "Host *\n IdentitiesOnly yes\n IdentityFile ~/.ssh/work\n")
      let dialog = [
        ["Password of \(pi.target): ", "\(pi.password)\n"],
        ["Add to ~/.ssh/config, for this Pi alone: IdentityFile ~/.ssh/id_ed25519? [y/N] ", "y\n"],
      ]
      let script = String(decoding: try JSONEncoder().encode(dialog), as: UTF8.self)
      let run = try await person.run([
        "python3", Lab.root + "/Tests/Lab/person.py", script, Lab.binary, "run", "raspi_passwordless", pi.target,
      ])
      #expect(
        try person.read(".ssh/config") == """
          Host \(pi.address)
            IdentityFile ~/.ssh/id_ed25519

          Host *
           IdentitiesOnly yes
           IdentityFile ~/.ssh/work

          """, "\(run)")
      #expect(try await person.shell("ssh -o BatchMode=yes \(pi.target) echo in").stdout == "in\n", "\(run)")
    }
  }

  @Test func `keys can be rotated in one run, once the new one has logged in`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      let old = try await Self.makeKey(person, ".ssh/id_ed25519")
      try await pi.authorize(old)
      try person.write(
        "rotate.lua",
        """
        recipe {
          summary = "Rotates the key",
          hosts = { { "pi", "The host" } },
          needs = { "keys" },
          run = function(hosts)
            local new = here:keygen { path = "~/.ssh/id_new", reuse = false }
            hosts.pi:copy_id { key = new }
            assert(hosts.pi:verify_login { key = new }.ok)
            hosts.pi:remove_id { key = "~/.ssh/id_ed25519.pub" }
          end,
        }
        """)
      let plan = try await person.recipes("plan", "rotate.lua", pi.target, "--yes", "--accept-new", "--output", "plain")
      #expect(plan.status == 2 && plan.stdout.contains("remove SHA256:"), "\(plan)")
      let run = try await person.unattended("rotate.lua", pi)
      #expect(run.status == 0, "\(run)")
      let new = try person.read(".ssh/id_new.pub")
      #expect(try await pi.root("cat /home/pi/.ssh/authorized_keys") + "\n" == new)
    }
  }

  @Test func `a home that cannot be written is told before anything is sent`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      try await person.trusts(pi)
      let before = try await pi.snapshot()
      let line = Operator.line("raspi_passwordless", [pi])
      let run = try await person.run(
        ["unshare", "-m", "sh", "-c", "mount -o remount,bind,ro /root; exec \"$@\"", "sh"] + line)
      #expect(run.status == 1, "\(run)")
      #expect(
        run.stderr
          == "error: what a run changes cannot be written down in /root/.local/state/ssh-recipes/runs: read-only file "
          + "system; XDG_STATE_HOME names another place\n")
      #expect(try await pi.changed(since: before) == [])
    }
  }
}
