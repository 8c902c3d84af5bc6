import Foundation
import Testing

/// Hosts that talk too much, and commands that misbehave: what a recipe gets is exact to the byte.
@Suite("noise", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct NoiseTests {
  struct Account: Sendable, CustomTestStringConvertible {
    var kind: Lab.Kind
    /// The login shell, or what else is noisy.
    var name: String
    var arranging: String
    var testDescription: String { name }
  }

  static let accounts = [
    Account(
      kind: .debian, name: "bash with a noisy .bashrc and motd",
      arranging: """
        cd ~pi; printf 'echo out; echo err >&2; printf "no newline"\\n' | tee .profile .bash_profile >.bashrc
        yes 'A message of the day.' | head -n 500 >/etc/motd; echo 'Banner /etc/motd' >/etc/ssh/sshd_config.d/b.conf
        systemctl reload ssh
        """),
    Account(
      kind: .debian, name: "fish",
      arranging:
        "chsh -s /usr/bin/fish pi; mkdir -p ~pi/.config/fish; echo 'echo hi' >~pi/.config/fish/config.fish; chown -R pi ~pi"
    ),
    Account(kind: .debian, name: "csh", arranging: "chsh -s /bin/csh pi; echo 'echo noise from csh' >~pi/.cshrc"),
    Account(kind: .alpine, name: "BusyBox ash", arranging: "echo 'echo noise' >~pi/.profile"),
    Account(kind: .syno, name: "root by a terminal", arranging: "echo 'echo noise' >~admin/.bashrc"),
  ]

  @Test(arguments: accounts)
  func `what a recipe reads and writes is exact, however noisy the account is`(_ account: Account) async throws {
    let host = try await Lab.host(account.kind)
    try await host.root(account.arranging)
    try await Operator.with { person in
      try person.write("exact.lua", Self.exact)
      let bytes = Data((0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) })
      try bytes.write(to: URL(fileURLWithPath: person.home + "/bytes"))
      let run = try await person.unattended("/root/exact.lua", host)
      #expect(run.status == 0, "\(run)")
      let here = try await person.shell("sha256sum </root/bytes").stdout
      #expect(try await host.root("sha256sum <~\(account.kind.user)/bytes") + "\n" == here)
    }
  }

  @Test(arguments: [(Lab.Kind.debian, false), (.debian, true), (.alpine, false), (.syno, true)])
  func `a command that never ends is ended on the host, and the next one runs`(
    _ kind: Lab.Kind, _ asRoot: Bool
  ) async throws {
    let host = try await Lab.host(kind)
    try await Operator.with { person in
      try person.write(
        "endless.lua",
        """
        recipe {
          summary = "Never ends",
          hosts = { { "to", "The host" } },
          needs = { "run", "root" },
          run = function(hosts)
            local to = hosts.to
            local fine, problem = pcall(to.run, to, "trap '' HUP; sleep 307 | sleep 307", { timeout = 1, root = \(asRoot) })
            if fine or problem.kind ~= "timeout" then fail("expected a timeout") end
            note(problem.message)
            note("still there: " .. to:run("id -u", { root = \(asRoot), reads = true }).stdout)
          end,
        }
        """)
      let run = try await person.unattended("/root/endless.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(run.stdout.contains("\"run\" took longer than 1 seconds and was ended"))
      #expect(run.stdout.contains("still there: "))
      // The lifeline beside the command, whose arguments name it, looks once a second whether it is still needed.
      let isGone = try await eventually {
        try await !host.processes(of: kind.user).contains { $0.contains("sleep 307") }
      }
      #expect(isGone)
    }
  }

  static let exact = #"""
    recipe {
      summary = "Compares what comes back with what was sent",
      hosts = { { "to", "The host" } },
      needs = { "run", "files", "root" },
      run = function(hosts)
        local to = hosts.to
        local function expect(what, got, wanted)
          if got ~= wanted then fail(("%s: %d bytes wanted, %d came, or others"):format(what, #wanted, #got)) end
        end
        local bytes = {}
        for byte = 0, 255 do bytes[#bytes + 1] = string.char(byte) end
        local all = table.concat(bytes):rep(64) .. "no newline"
        local thousand = ("0"):rep(999) .. "7"
        local loop = "i=0; while [ $i -lt 1049 ]; do printf %01000d 7; i=$((i + 1)); done"

        step "As the account"
        expect("1 MB of output", to:run(loop, { reads = true }).stdout, thousand:rep(1049))
        expect("1 MB of errors", to:run("{ " .. loop .. "; } >&2", { reads = true }).stderr, thousand:rep(1049))
        expect("binary output", to:run("cat", { input = all, reads = true }).stdout, all)
        expect("closed input", to:run("exec <&-; echo fine", { reads = true }).stdout, "fine")
        expect("closed output", to:run("echo fine; exec >&- 2>&-; exit 0", { reads = true }).stdout, "fine")
        expect("a child", to:run("sleep 5 & echo fine", { reads = true }).stdout, "fine")
        expect("a status", to:run("exit 77", { reads = true, check = false }).status .. "", "77")

        step "As root"
        expect("binary output of root", to:run("cat", { input = all, reads = true, root = true }).stdout, all)
        expect("errors of root", to:run("echo e >&2; echo o", { reads = true, root = true }).stderr, "e")

        step "Files"
        to:write("~/all", all)
        expect("a file", to:read("~/all"), all)
        to:upload("/root/bytes", "~/bytes")
      end,
    }
    """#
}
