import Foundation
import TestSupport
import Testing

/// Files too large to travel with their act, on each kind of host, and cut off on their way.
@Suite("uploads", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct UploadTests {
  private static let recipe = """
    recipe {
      summary = "Uploads a large file",
      hosts = { { "to", "A host" } },
      params = { { "path", "Where", default = "~/image" } },
      needs = { "files" },
      run = function(hosts, params)
        local done = hosts.to:upload("~/image", params.path)
        note(tostring(done.changed) .. " " .. done.size)
      end,
    }
    """

  /// The image, of a size that is no multiple of any block.
  private static func with(
    megabytes: Int, _ body: @Sendable (Operator) async throws -> Void
  ) async throws {
    try await Operator.with { person in
      try person.write("up.lua", recipe)
      try await person.shell("head -c \(megabytes * 1_000_000 + 7) /dev/urandom >image")
      try await body(person)
    }
  }

  private static func sum(_ person: Operator) async throws -> String {
    try await person.shell("sha256sum <image").stdout.split(separator: "\n").joined()
  }

  @Test(arguments: [Lab.Kind.debian, .sysv, .syno, .alpine])
  func `nine megabytes arrive, are compared, replaced and undone`(_ kind: Lab.Kind) async throws {
    let host = try await Lab.host(kind)
    let home = try await host.home()
    try await Self.with(megabytes: 9) { person in
      let first = try await person.unattended("/root/up.lua", host)
      #expect(first.status == 0 && first.stdout.contains("true 9000007"), "\(first)")
      #expect(try await host.root("sha256sum <\(home)/image") == (try await Self.sum(person)))
      let second = try await person.unattended("/root/up.lua", host)
      #expect(second.status == 0 && second.stdout.contains("false 9000007"), "\(second)")
      let before = try await host.root("sha256sum <\(home)/image")
      // The same size, and one byte that differs.
      try await person.shell("printf X | dd of=image bs=1 seek=4500000 conv=notrunc 2>/dev/null")
      let third = try await person.unattended("/root/up.lua", host)
      #expect(third.status == 0 && third.stdout.contains("true 9000007"), "\(third)")
      #expect(try await host.root("sha256sum <\(home)/image") == (try await Self.sum(person)))
      let undo = try await person.recipes(
        "undo", "--yes", "--password-command", "printf \(host.password)", "--output", "plain")
      #expect(undo.status == 0, "\(undo)")
      #expect(try await host.root("sha256sum <\(home)/image") == before)
      #expect(try await host.temporaryFiles() == "")
    }
  }

  @Test func `where the server allows one session, the file goes in pieces`() async throws {
    let host = try await Lab.host(.debian)
    try await host.root("echo 'MaxSessions 1' >/etc/ssh/sshd_config.d/sessions.conf; systemctl restart ssh")
    try await Self.with(megabytes: 2) { person in
      let run = try await person.unattended("/root/up.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await host.root("sha256sum </home/pi/image") == (try await Self.sum(person)))
      #expect(try await host.temporaryFiles() == "")
    }
  }

  @Test func `a disk without room for it is named, and nothing is left there`() async throws {
    let host = try await Lab.host(.debian)
    try await host.root("mkdir /home/pi/small; mount -t tmpfs -o size=4m,mode=700,uid=$(id -u pi) tmpfs /home/pi/small")
    try await Self.with(megabytes: 9) { person in
      let run = try await person.unattended("/root/up.lua", host, more: ["--set", "path=~/small/image"])
      #expect(run.status == 1, "\(run)")
      #expect(run.stderr.contains("its file system has no room left"), "\(run)")
      #expect(try await host.root("ls -A /home/pi/small") == "")
    }
  }

  @Test(arguments: ["session", "program"])
  func `a connection cut in the middle leaves the old file and nothing else`(_ way: String) async throws {
    let host = try await Lab.host(.debian)
    try await host.root("printf old >/home/pi/image; chown pi: /home/pi/image")
    // Slow enough to be met in the middle.
    try await host.root(
      #"printf '#!/bin/sh\n[ "$2" = 9000007 ] || exec /usr/bin/head "$@"\n/usr/bin/head -c 3000000; exec sleep 307\n' >/usr/local/bin/head"#
    )
    try await host.root("chmod 755 /usr/local/bin/head")
    try await Self.with(megabytes: 9) { person in
      let line = Operator.line("/root/up.lua", [host])
      let run = try await Running.start(person, Array(line.dropFirst()))
      try await Poll.until("three megabytes have arrived") {
        try await host.root("cat /home/pi/.ssh-recipes.* 2>/dev/null | wc -c") == "3000000"
      }
      if way == "program" {
        run.send(SIGTERM)
      } else {
        try await host.root("pkill -f 'sshd: [p]i@notty'")
      }
      let ended = try await run.end()
      #expect(ended.status == (way == "program" ? 130 : 1), "\(ended)")
      try await host.root("pkill -f '[s]leep 307' || true")
      try await Poll.until("the temporary file is gone") { try await host.temporaryFiles() == "" }
      #expect(try await host.root("cat /home/pi/image") == "old")
      #expect(run.sockets == [])
    }
  }
}
