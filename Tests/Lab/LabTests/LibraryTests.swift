import Testing

/// The bundled primitives written in Lua, on real hosts: planned, run, run again, undone, planned again.
@Suite("the library in Lua", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct LibraryLabTests {
  struct Case: Sendable, CustomStringConvertible {
    var kind: Lab.Kind
    var calls: [String]
    /// A command of root's that must succeed after the run.
    var holds: String
    /// Paths that the host's own programs keep as their backups.
    var leaves: [String] = []
    /// A command of root's that comes before all.
    var prepare = "true"
    /// A command of root's with the same output after the undo as before the run.
    var state = "true"
    var description: String { "\(kind) \(calls.joined(separator: " "))" }
  }

  private static let backups = [
    "/etc/group-", "/etc/gshadow-", "/etc/passwd-", "/etc/shadow-", "/etc/subgid-", "/etc/subuid-",
  ]

  /// A repository with one package, since the lab has no way to Debian's.
  private static let repository = """
    mkdir -p /srv/deb/greeting/DEBIAN /srv/deb/greeting/usr/share && cd /srv/deb && echo hello >greeting/usr/share/greeting &&
    printf '%s\\n' 'Package: greeting' 'Version: 1' 'Architecture: all' 'Maintainer: Ada <ada@example.org>' \
      'Description: says hello' >greeting/DEBIAN/control && dpkg-deb -b greeting greeting.deb && cp greeting/DEBIAN/control Packages &&
    printf '%s\\n' 'Filename: ./greeting.deb' "Size: $(wc -c <greeting.deb)" "SHA256: $(sha256sum greeting.deb | cut -d' ' -f1)" >>Packages &&
    echo 'deb [trusted=yes] file:/srv/deb ./' >/etc/apt/sources.list && apt-get update
    """

  static let cases: [Case] = [
    Case(
      kind: .debian,
      calls: [
        "group 'readers'", "account { 'backup1', shell = '/bin/sh', groups = { 'readers' }, comment = \"It's me\" }",
        "account { 'ada', locked = true, expires = '2030-12-31' }",
      ],
      holds:
        "id -Gn backup1 | grep -qw readers && passwd -S ada | grep -q '^ada L' && getent passwd backup1 | grep -q \"It's me\"",
      leaves: backups),
    Case(
      kind: .sysv, calls: ["group 'readers'", "account { 'backup1', system = true, groups = { 'readers' } }"],
      holds: "id -Gn backup1 | grep -qw readers", leaves: backups),
    Case(
      kind: .debian,
      calls: [
        "timer { 'backup', at = 'daily', command = \"echo 'it is' $HOME 100%\" }",
        "sudoers { 'backup', 'pi ALL=(root) NOPASSWD: /bin/true' }", "hostname 'kitchen'",
        "line { '/etc/hosts', '192.168.1.7 nas', root = true }", "authorized_principals { 'pi', { 'ada' } }",
      ],
      holds:
        "systemctl is-active backup.timer && [ \"$(uname -n)\" = kitchen ] && grep -q kitchen /etc/hosts && visudo -c"),
    Case(
      kind: .debian,
      calls: ["service { 'backup.timer', running = true }"].map {
        "timer { 'backup', at = 'daily', command = 'true' } host:" + $0
      }, holds: "true"),
    Case(
      kind: .debian, calls: ["package { 'greeting' }", "line { '~/x', 'y', create = true }"],
      holds: "[ \"$(cat /usr/share/greeting)\" = hello ]",
      leaves: ["/var/lib/dpkg/status-old", "/var/lib/apt/extended_states", "/var/cache/apt/pkgcache.bin"],
      prepare: repository),
    Case(
      kind: .alpine, calls: ["line { '~/x', 'y', create = true }", "ssh_config { 'nas', { User = 'ada' } }"],
      holds: "grep -q ada /home/pi/.ssh/config"),
    Case(
      kind: .tools,
      calls: ["firewall { 443 }", "firewall { 8080, rule = 'deny' }", "firewall { 53, protocol = 'udp' }"],
      holds: """
        nft list ruleset >/run/rules && grep -q 'tcp dport 443 accept' /run/rules &&
        grep -q 'iifname != "lo" tcp dport 8080 drop' /run/rules && nft -f /etc/nftables.conf && nft list ruleset | cmp - /run/rules
        """,
      prepare: """
        systemctl enable nftables && printf '%s\n' 'flush ruleset' 'table inet filter { chain input {' \
          'type filter hook input priority 0; policy drop;' 'tcp dport 22 accept' 'ct state established accept' '}' '}' \
          >/etc/nftables.conf && nft -f /etc/nftables.conf
        """, state: "nft list ruleset"),
    Case(
      kind: .dnf,
      calls: [
        "firewall { 443 }", "firewall { 53, protocol = 'udp' }", "firewall { 8080, rule = 'deny' }",
      ],
      holds: """
        ports='443/tcp 53/udp' && [ "$(firewall-cmd --list-ports)" = "$ports" ] &&
        [ "$(firewall-cmd --permanent --list-ports)" = "$ports" ]
        """,
      leaves: ["/etc/firewalld/zones/public.xml.old"],
      prepare: """
        systemctl start firewalld &&
        firewall-cmd -q --permanent --add-port=1/tcp && firewall-cmd -q --permanent --remove-port=1/tcp
        """, state: "firewall-cmd --list-all; firewall-cmd --permanent --list-all"),
    Case(kind: .syno, calls: ["block { '~/x', 'y', create = true }"], holds: "true"),
  ]

  private static func recipe(_ calls: [String]) -> String {
    """
    recipe {
      summary = "The library",
      hosts = { { "host", "The host" } },
      needs = { "files", "run", "root" },
      run = function(hosts)
        local host = hosts.host
        \(calls.map { "host:" + $0 }.joined(separator: "\n    "))
      end,
    }
    """
  }

  /// The first sudo of an account leaves a mark in its home.
  private static func hasUsedSudo(_ host: LabHost) async throws {
    try await host.root("su \(host.user) -c 'sudo -n true' >/dev/null 2>&1 || true")
  }

  @Test(arguments: cases) func `plan, run, run again, undo, plan`(test: Case) async throws {
    let host = try await Lab.host(test.kind)
    try await Operator.with { person in
      try await host.root(test.prepare)
      try await Self.hasUsedSudo(host)
      try person.write("mine.lua", Self.recipe(test.calls))
      try await person.plan("./mine.lua", host)
      let before = try await host.snapshot()
      let state = try await host.root(test.state)
      let first = try await person.unattended("./mine.lua", host)
      #expect(first.status == 0, "\(first)")
      try await host.root(test.holds)
      let second = try await person.unattended("./mine.lua", host)
      #expect(second.status == 0 && second.stdout.contains("Nothing had to be changed"), "\(second)")
      let undo = try await person.run([
        Lab.binary, "undo", "--password-command", "printf \(host.password)", "--sudo-password-command",
        "printf \(host.password)", "--output", "plain",
      ])
      #expect(undo.status == 0, "\(undo)")
      #expect(try await host.changed(since: before).filter { !test.leaves.contains($0) } == [], "\(undo)")
      #expect(try await host.root(test.state) == state)
      try await person.plan("./mine.lua", host)
    }
  }

  /// What a host cannot do is refused before anything is changed.
  static let refusals: [(kind: Lab.Kind, call: String, message: String)] = [
    (.syno, "account { 'x' }", "DSM keeps the accounts of HOST itself"),
    (.syno, "hostname 'x'", "the system of HOST keeps its name itself"),
    (.syno, "timer { 'x', at = 'daily', command = 'x' }", "there is no systemd on HOST"),
    (.syno, "package { 'x' }", "no program for packages that this program knows is on HOST"),
    (.alpine, "sudoers { 'x', 'x' }", "sudo with /etc/sudoers.d and visudo is not on HOST"),
    (.sysv, "timer { 'x', at = 'daily', command = 'x' }", "there is no systemd on HOST"),
    (.debian, "service { 'nosuch', running = true }", "there is no service nosuch on HOST"),
    (.debian, "account { 'pi', state = 'absent' }", "the account pi is the one of this run, or root, and stays"),
    (.debian, "account { 'pi', locked = true }", "the account pi is the one of this run, and is not locked"),
    (.debian, "sudoers { 'x', 'nonsense' }", "visudo refuses the rules, so that they were not written"),
    (.debian, "firewall { 443 }", "no firewall that keeps its rules by itself is on HOST"),
    (.tools, "firewall { 443 }", "nftables is not started at boot, so its rules would be lost"),
    (.tools, "firewall { 22, rule = 'deny' }", "port 22 is the one of this login, and stays open"),
    (.syno, "group 'x'", "DSM keeps the groups of HOST itself"),
    (.syno, "service { 'sshd', enabled = true }", "DSM decides itself which services of HOST start at boot"),
  ]

  @Test(arguments: refusals.indices) func `a host that cannot do it is told so, and not changed`(index: Int)
    async throws
  {
    let test = Self.refusals[index]
    let host = try await Lab.host(test.kind)
    try await Operator.with { person in
      try await Self.hasUsedSudo(host)
      try person.write("mine.lua", Self.recipe([test.call]))
      let before = try await host.snapshot()
      let run = try await person.unattended("./mine.lua", host)
      #expect(run.status == 1, "\(run)")
      let message = test.message.replacing("HOST", with: host.target)
      #expect(run.stderr.contains("error: \(host.target): \(message)"), "\(run)")
      #expect(try await host.changed(since: before) == [])
    }
  }

  @Test(arguments: ["group 'x'", "run { 'true', root = true }"])
  func `an account that cannot become root is told so at once`(call: String) async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try await host.root("gpasswd -d pi sudo; rm -f /etc/sudoers.d/010_pi-nopasswd /etc/doas.conf")
      try await Self.hasUsedSudo(host)
      try person.write("mine.lua", Self.recipe([call]))
      let before = try await host.snapshot()
      let start = ContinuousClock.now
      let run = try await person.unattended("./mine.lua", host)
      #expect(run.status == 1 && run.stdout.contains("nothing was changed"), "\(run)")
      #expect(run.stderr.contains("pi is not in the sudoers file"), "\(run)")
      #expect(ContinuousClock.now - start < .seconds(60))
      #expect(try await host.changed(since: before) == [])
    }
  }
}
