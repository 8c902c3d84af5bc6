import Foundation
import Testing

/// File systems that let no program run, on either side.
@Suite("noexec", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct NoExecTests {
  private static let mount = """
    mkdir -p /mnt/nx; mount -t tmpfs -o noexec,mode=755 x /mnt/nx
    printf '#!/bin/sh\\necho hi\\n' >/mnt/nx/tool; chmod 755 /mnt/nx/tool; cp /bin/sh /mnt/nx/sh
    """

  private static func recipe(_ command: String, needs: String = #""run", "root""#) -> String {
    """
    recipe { summary = "x", hosts = { { "pi", "A host" } }, needs = { \(needs) }, run = function(hosts)
      \(command)
    end }
    """
  }

  @Test(arguments: [
    (#"hosts.pi:run "/mnt/nx/tool""#, "/mnt/nx/tool may run by its mode, "),
    (#"hosts.pi:run "/mnt/tool""#, "/mnt/nx/sh may run"),
    (#"hosts.pi:run { "/mnt/nx/tool", root = true }"#, "/mnt/nx/tool may run by its mode, "),
    (#"hosts.pi:run { "/mnt/nx/tool", reads = true }"#, "/mnt/nx/tool may run by its mode, "),
  ])
  func `the mount is named where a program may run by its mode, and nothing was changed`(
    call: String, cause: String
  ) async throws {
    let pi = try await Lab.host(.debian)
    try await pi.root(Self.mount + #"; printf '#!/mnt/nx/sh\n' >/mnt/tool; chmod 755 /mnt/tool"#)
    try await Operator.with { person in
      try person.write("tool.lua", Self.recipe(call))
      let run = try await person.run(Operator.line("/root/tool.lua", [pi]))
      #expect(run.status == 1 && run.stderr.contains(cause), "\(run)")
      #expect(run.stderr.contains("/mnt/nx is mounted noexec"), "\(run)")
      #expect(run.stdout.contains(": nothing was changed."), "\(run)")
    }
  }

  @Test func `a login shell and a sudo on such a file system are named, too`() async throws {
    let pi = try await Lab.host(.debian)
    try await pi.root(
      Self.mount + "; useradd -m -s /mnt/nx/sh odd; echo odd:raspberry | chpasswd"
        + "; mount -t tmpfs -o noexec,mode=755 x /usr/local/sbin; cp -p /usr/bin/sudo /usr/local/sbin"
        + "; rm /usr/bin/sudo /usr/bin/doas")
    try await Operator.with { person in
      try person.write("tool.lua", Self.recipe(#"hosts.pi:run { "id", root = true }"#))
      let root = try await person.run(Operator.line("/root/tool.lua", [pi]))
      #expect(root.stderr.contains("/usr/local/sbin is mounted noexec"), "\(root)")
      let odd = try await person.run([
        Lab.binary, "run", "/root/tool.lua", "odd@\(pi.address)", "--accept-new", "--yes", "--password-command",
        "printf raspberry",
      ])
      #expect(odd.stderr.contains("the account's shell may not be started"), "\(odd)")
    }
  }

  @Test func `a passphrase is set where temporary files cannot run`() async throws {
    let pi = try await Lab.host(.debian)
    try await Operator.with { person in
      try person.write("key.lua", Self.recipe("here:keygen { passphrase = true }", needs: #""keys""#))
      let run = try await person.shell(
        "mkdir nx; mount -t tmpfs -o noexec,mode=1777 x nx; TMPDIR=/root/nx \(Lab.binary) run key.lua \(pi.target)"
          + " --yes --secret passphrase='printf abcdefgh'; ls -A nx; umount nx; ssh-keygen -y -P abcdefgh -f .ssh/id_ed25519"
      )
      #expect(run.status == 0 && run.stdout.contains("ssh-ed25519 "), "\(run)")
    }
  }
}
