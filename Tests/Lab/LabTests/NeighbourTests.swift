import Foundation
import Testing

/// Another account of the host, which tries every way to become root, to read or change data in transit, or to stop
/// runs.
@Suite("a neighbour on the host", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct NeighbourTests {
  private static func recipe(_ body: String, needs: String = "\"files\", \"root\"") -> String {
    """
    recipe {
      summary = "Works as root",
      hosts = { { "to", "A host" } },
      needs = { \(needs) },
      run = function(hosts)
        local to = hosts.to
        \(body)
      end,
    }
    """
  }

  /// A watchdog like a run's, but made by the account, and a process that names a folder of root's.
  private static let falseWatchdogs = """
    mkdir -m 700 /etc/.ssh-recipes.left
    su ada -s /bin/sh -c '
      d=/tmp/.ssh-recipes.x; mkdir -m 755 $d; echo word >$d/word; echo "id >/tmp/pwned" >$d/restore
      echo "while sleep 0.2; do :; done" >$d/watch
      (setsid sh $d/watch 600 >/dev/null 2>&1 &)
      (setsid sh -c "while sleep 0.2; do :; done" /etc/.ssh-recipes.left/watch 600 >/dev/null 2>&1 &)'
    """

  @Test func `cannot have root run a program of a false watchdog, nor make a run wait for one`() async throws {
    let host = try await Lab.host(.debian)
    try await host.root(Self.falseWatchdogs)
    try await Operator.with { person in
      try person.write("look.lua", Self.recipe("note(to:facts().user)", needs: ""))
      try person.write("write.lua", Self.recipe("to:write { '/etc/mine', 'text\\n', root = true }"))
      let start = ContinuousClock.now
      for name in ["look", "write"] {
        let run = try await person.unattended("/root/\(name).lua", host)
        #expect(run.status == 0, "\(run)")
        #expect(!run.stdout.contains("watchdog") && !run.stderr.contains("watchdog"), "\(run)")
      }
      #expect(ContinuousClock.now - start < .seconds(50))
      #expect(try await host.root("cat /etc/mine; ls /tmp/pwned 2>/dev/null || true") == "text")
    }
  }

  /// Exchanges the file, the folder and all temporary files for links to root's own, as fast as it can.
  private static let swap = """
    import os, time
    d = '/home/ada/d'; f = d + '/f'; end = time.time() + 120
    def tried(act, *paths):
        try: act(*paths)
        except OSError: pass
    while time.time() < end and not os.path.exists('/tmp/over'):
        tried(os.rename, f, f + '.real'); tried(os.symlink, '/etc/f', f)
        for name in os.listdir(d):
            if name.startswith('.ssh-recipes.'):
                tried(os.unlink, d + '/' + name); tried(os.symlink, '/etc/f', d + '/' + name)
        if os.path.islink(f): tried(os.unlink, f)
        tried(os.rename, f + '.real', f)
        tried(os.rename, d, d + '.real'); tried(os.symlink, '/etc', d)
        if os.path.islink(d): tried(os.unlink, d)
        tried(os.rename, d + '.real', d)
    """

  /// Root's own files, with their times; the neighbour's directory without, since the neighbour changes it all the time.
  private static let untouched = """
    cat /etc/f; stat -c '%n %A %u:%g %s %y' /etc/f /etc/shadow /etc/passwd; stat -c '%n %A %u:%g' /home/ada; ls -A /etc
    """

  @Test func `cannot lead root's acts in its own directory to files of root's`() async throws {
    let host = try await Lab.host(.debian)
    try await host.root(
      """
      echo secret >/etc/f; chmod 600 /etc/f; mkdir /home/ada/d; echo old >/home/ada/d/f; chown -R ada:ada /home/ada/d
      cat >/tmp/swap.py <<'EOF'
      \(Self.swap)
      EOF
      """)
    let before = try await host.root(Self.untouched)
    try await host.root("su ada -s /bin/sh -c '(setsid python3 /tmp/swap.py >/dev/null 2>&1 &)'")
    try await Operator.with { person in
      try person.write(
        "acts.lua",
        Self.recipe(
          """
          for i = 1, 25 do
              local f, even = "/home/ada/d/f", i % 2 == 0
              pcall(to.chown, to, f, even and "root" or "ada")
              pcall(to.chmod, to, { f, even and "600" or "644", root = true })
              pcall(to.write, to, { f, "text " .. i .. "\\n", root = true })
              pcall(to.mkdir, to, { "/home/ada/d/n" .. i, "777", root = true })
              pcall(to.remove, to, { "/home/ada/d/n" .. i, root = true })
            end
          """))
      let run = try await person.unattended("/root/acts.lua", host)
      #expect([0, 1].contains(run.status), "\(run)")
      _ = try await person.recipes("undo", "--password-command", "printf raspberry")
      try await host.root("touch /tmp/over")
      #expect(try await host.root(Self.untouched) == before)
    }
  }

  @Test func `cannot make the place of root's lock, and does not see temporary files with names to guess`() async throws
  {
    let host = try await Lab.host(.debian)
    try await host.root(
      "su ada -s /bin/sh -c 'for n in 0-1 0-2 0-3 1000-1; do ln -s x /tmp/.ssh-recipes.$n.lock; done; ! mkdir /run/ssh-recipes'"
    )
    try await Operator.with { person in
      try person.write(
        "write.lua",
        Self.recipe(
          "to:write { '/etc/mine', 'text\\n', root = true }; to:run 'ls -ld /run/ssh-recipes'",
          needs: "\"files\", \"root\", \"run\""))
      let run = try await person.unattended("/root/write.lua", host)
      #expect(run.status == 0, "\(run)")
      #expect(!run.stderr.contains("lock"), "\(run)")
      #expect(try await host.root("ls -d /run/ssh-recipes 2>/dev/null || true") == "")
    }
  }
}
