import Testing

/// A state of a host in which calls of primitives fail, with the answer of each call.
struct LibraryFailureCase: Sendable, CustomTestStringConvertible {
  var name: String
  var kind = Lab.Kind.tools
  /// A command of root's that comes before all.
  var prepare: String
  /// The calls, each with `KIND: MESSAGE` of its failure, or `done`.
  var calls: [(call: String, answer: String)]
  /// The paths changed afterwards, after a command of root's.
  var changed: [String] = []
  var after = "true"
  var testDescription: String { name }

  private static let noRoot = "root: root's rights could not be had"

  static let all =
    [account, readOnly, full, apt, dnf, editor] + ["curl", "wget"].map { web(besides: $0) }

  static let account = LibraryFailureCase(
    name: "an account without root's rights", kind: .debian,
    prepare: """
      mkdir -p /usr/share/zoneinfo/Europe && : >/usr/share/zoneinfo/Europe/Berlin
      gpasswd -d pi sudo; rm -f /etc/sudoers.d/010_pi-nopasswd /etc/doas.conf
      """,
    calls: [
      "account 'backup1'", "group 'readers'", "sudoers { 'backup', 'pi ALL=(root) NOPASSWD: /bin/true' }",
      "hostname 'kitchen'", "timezone 'Europe/Berlin'", "cron { 'backup', at = '@daily', command = 'true' }",
      "timer { 'backup', at = 'daily', command = 'true' }", "line { '/etc/hosts', '192.168.1.7 nas', root = true }",
      "block { '/etc/hosts', '192.168.1.8 pi', root = true }", "sysctl { 'vm.swappiness', '10' }",
      "template { '/etc/made', text = '{{a}}', values = { a = 1 }, root = true }", "swap { size = 1 }",
      "mount { '/srv/scratch', source = 'tmpfs', type = 'tmpfs' }", "service { 'ssh', running = false }",
      "package { 'greeting' }", "firewall(443)", "archive { '/opt/a.tar', '/opt/a', root = true }",
      "git { '/srv/repo', '/opt/repo', ref = 'main', root = true }", "authorized_principals { 'pi', { 'ada' } }",
      "trusted_ca { { 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKk3O4aCkbNFuC0pKPdLBdEbWhAyl4wEYr9rW1hOTDQl ca' } }",
      "download { 'http://127.0.0.1/x', '/opt/x', sha256 = ('0'):rep(64), root = true }",
    ].map { ($0, noRoot) })

  private static let files: [(call: String, path: String)] = [
    ("sudoers { 'backup', 'pi ALL=(root) NOPASSWD: /bin/true' }", "create /etc/sudoers.d/backup"),
    ("cron { 'backup', at = '@daily', command = 'true' }", "create /etc/cron.d/backup"),
    ("timer { 'backup', at = 'daily', command = 'true' }", "create /etc/systemd/system/backup.service"),
    ("template { '/opt/made', text = '{{a}}', values = { a = 1 }, root = true }", "create /opt/made"),
    ("line { '/opt/made', 'x', create = true, root = true }", "create /opt/made"),
    ("block { '/opt/made', 'x', create = true, root = true }", "create /opt/made"),
    ("known_host { 'nas', 'ssh-ed25519 AAAAC3' }", "create /home/pi/.ssh/known_hosts"),
    ("ssh_config { 'nas', { User = 'ada' } }", "create /home/pi/.ssh/config"),
  ]
  private static let folders = "/etc/sudoers.d /etc/cron.d /etc/systemd/system /opt /srv"
  private static let archive = "archive { '/usr/share/a.tar', '/opt/a', root = true }"

  static let readOnly = LibraryFailureCase(
    name: "read-only folders",
    prepare: """
      tar -C /etc -cf /usr/share/a.tar hosts; mkdir -p /etc/cron.d /var/lib/dpkg; install -d -o pi -g pi -m 700 /home/pi/.ssh
      for d in \(folders) /home/pi/.ssh /var/lib/dpkg; do mount --bind $d $d && mount -o remount,bind,ro $d; done
      """,
    calls: files.map { ($0.call, "exit: could not \($0.path)") } + [
      (
        "authorized_principals { 'pi', { 'ada' }, folder = '/opt/principals' }",
        "exit: could not mkdir -m 755 /opt/principals"
      ),
      ("mount { '/srv/scratch', source = 'tmpfs', type = 'tmpfs' }", "exit: could not mkdir -m 755 /srv/scratch"),
      (
        "download { 'http://127.0.0.1/x', '/opt/x', sha256 = ('0'):rep(64), root = true }",
        "refused: no file can be made beside /opt/x"
      ),
      (archive, "refused: /usr/share/a.tar could not be unpacked to /opt/a: the disk is read-only"),
      ("package { 'greeting' }", "refused: the packages of HOST are on a read-only disk, /var/lib/dpkg"),
    ])

  static let full = LibraryFailureCase(
    name: "full disks",
    prepare: """
      tar -C /etc -cf /usr/share/a.tar hosts; mkdir -p /etc/cron.d
      fill() {
        mkdir -p $1 /run/kept && cp -a $1/. /run/kept && mount -t tmpfs -o size=16k,$2 tmpfs $1 && cp -a /run/kept/. $1
        rm -rf /run/kept; cat /dev/zero >$1/fill 2>/dev/null
      }
      for d in \(folders); do fill $d mode=755; done; fill /home/pi/.ssh mode=700,uid=$(id -u pi); true
      """,
    calls: files.map { ($0.call, "exit: could not \($0.path)") } + [
      (archive, "limit: /usr/share/a.tar could not be unpacked to /opt/a: the disk is full"),
      ("swap { '/opt/swap', size = 1 }", "limit: there is no room for 1 MiB at /opt/swap"),
    ])

  static let editor = LibraryFailureCase(
    name: "the list of accounts in an editor",
    prepare: """
      printf '#!/bin/sh\\nuntil [ -e /tmp/go ]; do sleep 0.1; done\\n' >/tmp/editor && chmod 755 /tmp/editor
      EDITOR=/tmp/editor setsid vipw </dev/null >/dev/null 2>&1 & timeout 30 sh -c 'until [ -e /etc/passwd.lock ]; do sleep 0.1; done'
      """,
    calls: [
      (
        "account { 'backup1' }",
        "busy: the account backup1 could not be changed: another program works on the same files"
      )
    ],
    changed: ["/etc/passwd.edit", "/etc/passwd.lock"],
    after: "touch /tmp/go; timeout 30 sh -c 'while [ -e /etc/passwd.lock ]; do sleep 0.1; done'")
}
