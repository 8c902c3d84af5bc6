import Testing

/// `service`, `account` and `package` on the kinds of hosts, as one recipe uses them together.
@Suite("services, accounts and packages", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct LibraryServiceTests {
  struct Case: Sendable, CustomStringConvertible {
    var kind: Lab.Kind
    var calls: [String]
    /// Makes the service `greeter` known, and a source of packages with two versions of `greeting`.
    var prepare: String
    var description: String { kind.rawValue }
  }

  private static let program = """
    #!/bin/sh
    ### BEGIN INIT INFO
    # Provides: greeter
    # Required-Start:
    # Required-Stop:
    # Default-Start: 2 3 4 5
    # Default-Stop: 0 1 6
    ### END INIT INFO
    pid=/run/greeter.pid
    is_running() { [ -s "$pid" ] && kill -0 "$(cat "$pid")" 2>/dev/null; }
    case $1 in
      start) is_running || { $(command -v setsid) sleep 1000000 </dev/null >/dev/null 2>&1 & echo $! >"$pid"; } ;;
      stop) ! is_running || kill "$(cat "$pid")"; rm -f "$pid" ;;
      restart) "$0" stop; "$0" start ;;
      status) is_running ;;
    esac
    """

  private static let openRC = """
    #!/sbin/openrc-run
    command=/usr/bin/sleep
    command_args=1000000
    command_background=yes
    pidfile=/run/greeter.pid
    """

  private static func script(_ path: String, _ text: String = program) -> String {
    "cat >\(path) <<'END'\n\(text)\nEND\nchmod 755 \(path)\n"
  }

  private static let unit = """
    printf '%s\\n' '[Service]' 'ExecStart=/bin/sleep 1000000' '[Install]' 'WantedBy=multi-user.target' \
      >/etc/systemd/system/greeter.service && systemctl daemon-reload

    """

  private static let apt = """
    mkdir -p /srv/deb/greeting/DEBIAN /srv/deb/greeting/usr/share && cd /srv/deb && : >Packages
    for version in 1 2; do
      echo "hello $version" >greeting/usr/share/greeting
      printf '%s\\n' 'Package: greeting' "Version: $version" 'Architecture: all' 'Maintainer: Ada <ada@example.org>' \
        'Description: says hello' >greeting/DEBIAN/control
      dpkg-deb -b greeting greeting$version.deb && cat greeting/DEBIAN/control >>Packages
      printf '%s\\n' "Filename: ./greeting$version.deb" "Size: $(wc -c <greeting$version.deb)" \
        "SHA256: $(sha256sum greeting$version.deb | cut -d' ' -f1)" '' >>Packages
    done
    echo 'deb [trusted=yes] file:/srv/deb ./' >/etc/apt/sources.list && apt-get update

    """

  private static let apk = """
    mkdir -p /srv/apk /usr/share /tmp/p/usr/share
    for version in 1-r0 2-r0; do
      echo "hello $version" >/tmp/p/usr/share/greeting && tar -C /tmp/p -cf /srv/apk/greeting-$version.tar usr/share/greeting
    done

    """

  private static let dnf = """
    mkdir -p /srv/rpm && cd /srv/rpm
    for version in 1 2; do
      printf '%s\\n' 'Name: greeting' "Version: $version" 'Release: 1' 'Summary: Says hello' 'License: MIT' 'BuildArch: noarch' \
        '%description' 'Hello.' '%install' 'mkdir -p %{buildroot}/usr/share' \
        "echo hello $version-1 >%{buildroot}/usr/share/greeting" '%files' /usr/share/greeting >greeting.spec
      rpmbuild -bb -D '_topdir /tmp/rpm' -D '_rpmdir /srv/rpm' greeting.spec >/tmp/rpmbuild 2>&1
    done
    createrepo_c -q . && mkdir -p /etc/yum.repos.d
    printf '%s\\n' '[local]' 'name=local' 'baseurl=file:///srv/rpm' 'gpgcheck=0' >/etc/yum.repos.d/local.repo && dnf -q makecache

    """

  private static let service = "service { 'greeter', running = true, enabled = true }"
  private static let account = "account { 'backup1', groups = { 'users' }, comment = 'Backup' }"

  static let cases = [
    Case(kind: .debian, calls: [service, account, "package { { 'greeting' } }"], prepare: unit + apt),
    Case(
      kind: .sysv, calls: [service, account, "package { { 'greeting' } }"],
      prepare: script("/etc/init.d/greeter") + apt),
    Case(
      kind: .openrc, calls: [service, account, "service { 'crond', running = false, enabled = false }"],
      prepare: script("/etc/init.d/greeter", openRC)),
    Case(
      kind: .alpine, calls: [service, account, "package { { 'greeting' } }"],
      prepare: script("/etc/init.d/greeter") + apk),
    Case(kind: .dnf, calls: [service, account, "package { { 'greeting' } }"], prepare: unit + dnf),
    Case(
      kind: .syno, calls: ["service { 'greeter', running = true }"], prepare: script("/usr/syno/lib/greeter-service")),
  ]

  /// Files that the host's own programs keep as their backups and caches.
  private static let kept: Set<String> = [
    "/etc/group-", "/etc/gshadow-", "/etc/passwd-", "/etc/shadow-", "/etc/subgid-", "/etc/subuid-",
    "/var/lib/dpkg/status-old", "/var/lib/apt/extended_states", "/var/cache/apt/pkgcache.bin",
    "/etc/dnf/modules.d",
  ]

  private static func isKept(_ path: String) -> Bool {
    kept.contains(path) || path.contains("/__pycache__") || path.contains("/python3/dist-packages")
      || ["/var/lib/rpm/", "/var/lib/dnf"].contains { path.hasPrefix($0) }
  }

  /// The state beside the files: processes, groups and packages.
  private static let state = """
    ps -ef 2>/dev/null | grep -c '[s]leep 1000000'; id backup1 2>&1 | head -n 1
    { dpkg-query -W || cat /lib/apk/db/installed || rpm -qa; } 2>/dev/null | grep greeting; ls /etc/rc*.d /etc/runlevels/* 2>/dev/null | grep -e greeter -e crond; true
    """

  private static func recipe(_ calls: [String]) -> String {
    """
    recipe {
      summary = "The library",
      hosts = { { "host", "The host" } },
      needs = { "files", "run", "root" },
      run = function(hosts)
        \(calls.map { "hosts.host:" + $0 }.joined(separator: "\n    "))
      end,
    }
    """
  }

  private static func undo(_ host: LabHost, _ person: Operator) async throws -> Finished {
    try await person.run([
      Lab.binary, "undo", "--password-command", "printf \(host.password)", "--sudo-password-command",
      "printf \(host.password)", "--output", "plain",
    ])
  }

  @Test(arguments: cases) func `plan, run, run again, undo, plan, with the host as before`(test: Case) async throws {
    let host = try await Lab.host(test.kind)
    try await Operator.with { person in
      try await host.root(test.prepare)
      // The first sudo of an account leaves a mark in its home.
      try await host.root("su \(host.user) -c 'sudo -n true' >/dev/null 2>&1 || true")
      try person.write("mine.lua", Self.recipe(test.calls))
      try await person.plan("./mine.lua", host)
      let before = (try await host.snapshot(), try await host.root(Self.state))
      let first = try await person.unattended("./mine.lua", host)
      #expect(first.status == 0, "\(first)")
      #expect(try await host.root(Self.state) != before.1)
      let second = try await person.unattended("./mine.lua", host)
      #expect(second.status == 0 && second.stdout.contains("Nothing had to be changed"), "\(second)")
      let undo = try await Self.undo(host, person)
      #expect(undo.status == 0, "\(undo)")
      let changed = try await host.changed(since: before.0).filter { !Self.isKept($0) }
      #expect(changed == [], "\(undo)")
      #expect(try await host.root(Self.state) == before.1, "\(undo)")
      try await person.plan("./mine.lua", host)
    }
  }

  @Test(arguments: [(Lab.Kind.debian, "1", "2"), (.alpine, "1-r0", "2-r0"), (.dnf, "1-1", "2-1")])
  func `newest upgrades a package, and undo brings the old version back`(
    kind: Lab.Kind, old: String, new: String
  ) async throws {
    let host = try await Lab.host(kind)
    try await Operator.with { person in
      let prepare =
        switch kind {
        case .debian: Self.apt + "apt-get install -y greeting=1"
        case .dnf: Self.dnf + "dnf -q -y install greeting-1"
        default: Self.apk + "apk add greeting=1-r0"
        }
      try await host.root(prepare)
      // Debian's sudo leaves this mark at an account's first call.
      let mark = "install -o pi -g pi -m 644 /dev/null /home/pi/.sudo_as_admin_successful"
      if kind != .alpine { try await host.root(mark) }
      try person.write("mine.lua", Self.recipe(["package { { 'greeting' }, state = 'newest' }"]))
      let plan = try await person.plan("./mine.lua", host)
      #expect(plan.stdout.contains("greeting \(old) -> \(new)"), "\(plan)")
      let first = try await person.unattended("./mine.lua", host)
      #expect(first.status == 0, "\(first)")
      #expect(try await host.root("cat /usr/share/greeting") == "hello \(new)")
      let second = try await person.unattended("./mine.lua", host)
      #expect(second.stdout.contains("Nothing had to be changed"), "\(second)")
      let undo = try await Self.undo(host, person)
      #expect(undo.status == 0, "\(undo)")
      #expect(try await host.root("cat /usr/share/greeting") == "hello \(old)")
    }
  }
}
