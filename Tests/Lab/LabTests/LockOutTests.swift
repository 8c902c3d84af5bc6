import Foundation
import Testing

/// Changes that `sshd -t` accepts, or that sshd is not asked about, and that lock somebody out: each is refused or taken
/// back, and the person still gets in.
@Suite("nobody is locked out", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab, .table)
struct LockOutTests {
  @Test(arguments: LockOutCase.all)
  func `a change that would lock somebody out does not stay`(_ lockOut: LockOutCase) async throws {
    try await LockOutHosts.shared.with { host in
      try await Operator.with { person in try await Self.attempt(lockOut, on: host, person) }
    }
  }

  private static func attempt(_ lockOut: LockOutCase, on made: LabHost, _ person: Operator) async throws {
    var host = made
    host.user = lockOut.user
    try await arrange(lockOut, host, person)
    let before = try await files(host)
    var line = ["run", "/root/lock.lua", host.target, "--yes", "--output", "json"]
    if lockOut.way == .password { line += ["--password-command", "printf \(host.password)"] }
    let run = try await person.run([Lab.binary] + line)

    let failure = try end(of: run)
    #expect(run.status == 1 || run.status == 3, "\(run)")
    // On a busy machine a rehearsal may not come about. The run says so, and goes on to the proof.
    let gate = lockOut.gate == .rehearsal && run.stdout.contains(": not rehearsed: ") ? .proof : lockOut.gate
    #expect(failure.gate == gate, "\(run)")
    await LockOutHosts.shared.note(
      lockOut.testDescription, failure.gate?.rawValue ?? "?", run.status == 3 ? "rolled back" : "refused")
    let changed = LabHost.changed(before, try await files(host))
    #expect(changed.filter { path in !lockOut.lost.contains { path.hasPrefix($0) } } == [], "\(run)")
    #expect(lockOut.lost.isEmpty || !changed.isEmpty)
    #expect(try await host.root("ps | grep '[/]watch ' || true") == "")
    switch lockOut.way {
    case .key: #expect(try await person.logsIn(to: host), "\(run)")
    case .password: #expect(try await person.logsInWithPassword(to: host), "\(run)")
    }
  }

  private static func arrange(_ lockOut: LockOutCase, _ host: LabHost, _ person: Operator) async throws {
    try await person.trusts(host)
    try person.write("lock.lua", lockOut.recipe)
    var key = ""
    if lockOut.way == .key {
      let name = lockOut.keyType.hasPrefix("rsa") ? "id_rsa" : "id_ed25519"
      try await person.shell("ssh-keygen -q -t \(lockOut.keyType) -N '' -C me@here -f .ssh/\(name)")
      key = try person.read(".ssh/\(name).pub").trimmingCharacters(in: .newlines)
    }
    try await host.root(
      """
      set -e; KEY='\(key)'; HOME=$(getent passwd \(host.user) | cut -d: -f6)
      if [ -n "$KEY" ]; then
        install -d -m 700 -o \(host.user) -g \(host.user) ~/.ssh
        printf '%s\\n' "$KEY" >~/.ssh/authorized_keys
        chown \(host.user): ~/.ssh/authorized_keys; chmod 600 ~/.ssh/authorized_keys
      fi
      # What Debian's sudo leaves behind the first time.
      install -o \(host.user) -g \(host.user) -m 644 /dev/null ~/.sudo_as_admin_successful
      \(lockOut.arranging)
      """)
  }

  /// All that a change here could reach, a line a file.
  private static func files(_ host: LabHost) async throws -> String {
    try await host.root(
      """
      cd /; set -- etc home root srv; [ ! -e run/nologin ] || set -- "$@" run/nologin
      find "$@" -xdev ! -path etc/.pwd.lock ! -name .cache -printf '/%p\\t%y %m %U %G %l\\n'
      find usr usr/bin usr/lib usr/bin/bash -maxdepth 0 -printf '/%p\\t%m %U %G\\n'
      find "$@" -xdev -type f ! -path etc/.pwd.lock -exec sha256sum {} + | awk '{ print "/" $2 "\\t" $1 }'
      """)
  }

  /// The failure of a run, as `--output json` tells it.
  private struct End {
    var kind: String
    var gate: LockOutCase.Gate?
  }

  private static func end(of run: Finished) throws -> End {
    struct Event: Decodable { var failures: [Failure] }
    struct Failure: Decodable {
      var kind: String
      var gate: String?
    }
    let last = try #require(run.stdout.split(separator: "\n").last, "\(run)")
    let event = try JSONDecoder().decode(Event.self, from: Data(last.utf8))
    guard let failure = event.failures.first else { return End(kind: "none", gate: nil) }
    return End(kind: failure.kind, gate: failure.gate.flatMap(LockOutCase.Gate.init))
  }
}
