import Testing

/// The host's tools show what no mode says; undo brings that back, too.
@Suite("access control lists and extended attributes", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct AttributeTests {
  private static let recipe = """
    recipe {
      summary = "Touches files with access control lists and extended attributes",
      hosts = { { "pi", "A host" } },
      needs = { "files", "root" },
      run = function(hosts)
        local pi = hosts.pi
        pi:remove "~/gone"
        pi:remove "~/folder"
        pi:write("~/listed", "new\\n")
        pi:write("~/named", "new\\n")
        pi:chmod("~/masked", "600")
        pi:chown("~/capable", "root")
        pi:remove { "/srv/roots", root = true }
      end,
    }
    """

  private static let arranging = """
    set -e; cd /home/pi; mkdir folder
    for f in gone listed named masked capable /srv/roots; do printf 'old\\n' >$f; chmod 640 $f; done
    chown -R pi: .
    setfacl -m u:ada:r gone listed masked /srv/roots
    setfacl -d -m u:ada:rx folder
    setfattr -n user.origin -v 'a b=c' gone; setfattr -n user.empty gone; setfattr -n user.origin -v here named
    setfattr -n trusted.mark -v 1 /srv/roots
    setfattr -n security.capability -v 0x0100000200200000000000000000000000000000 capable
    # What Debian's sudo leaves behind the first time.
    install -o pi -g pi -m 644 /dev/null .sudo_as_admin_successful
    """

  /// All that is to be seen of the files.
  private static func shown(_ host: LabHost) async throws -> String {
    try await host.root(
      """
      cd /; find home/pi srv | sort | while read -r f; do
        getfacl -n "$f"; getfattr -dhm '^(user|trusted|security)\\.' -e hex "$f"; [ -d "$f" ] || sha256sum "$f"
      done
      """)
  }

  @Test func `undo brings them back, and a replaced file keeps its own`() async throws {
    let host = try await Lab.host(.debian)
    try await host.root(Self.arranging)
    let before = try await Self.shown(host)
    try await Operator.with { person in
      try person.write("attributes.lua", Self.recipe)
      let run = try await person.unattended("/root/attributes.lua", host)
      #expect(run.status == 0, "\(run)")
      let kept = "cd /home/pi; getfacl -c listed | grep ada; getfattr -d --only-values named"
      #expect(try await host.root(kept) == "user:ada:r--\nhere")
      let undo = try await person.run(
        [Lab.binary, "undo", "--password-command", "printf \(host.password)", "--output", "plain"])
      #expect(undo.status == 0, "\(undo)")
      #expect(try await Self.shown(host) == before, "\(undo)")
    }
  }

  @Test func `a new file is closed to accounts that its directory's list lets in`() async throws {
    let host = try await Lab.host(.debian)
    try await host.root("setfacl -d -m u:ada:rwx,m:rwx /home/pi; chmod 755 /home/pi")
    try await Operator.with { person in
      try person.write(
        "secret.lua",
        """
        recipe {
          summary = "Writes a secret", hosts = { { "pi", "A host" } }, needs = { "files" },
          run = function(hosts)
            hosts.pi:write { "~/secret", "word\\n", mode = "600" }
            hosts.pi:write { "~/large", string.rep("x", 2000000), mode = "600" }
          end,
        }
        """)
      let run = try await person.unattended("/root/secret.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(try await host.root("cd /home/pi; stat -c '%a %n' secret large") == "600 secret\n600 large")
      #expect(try await host.root("su ada -c 'cat /home/pi/secret' 2>&1; true").contains("Permission denied"))
    }
  }
}
