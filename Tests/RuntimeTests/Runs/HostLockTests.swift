import Foundation
import Testing

@testable import Hosts

@Suite struct HostLockTests {
  @Test(
    "a second run is told who is at work and does nothing, until the first one has ended", arguments: LocalShells.all)
  func second(shell: String) async throws {
    try await LockStage.with(shell) { stage in
      let (first, second) = (stage.run("first"), stage.run("second"))
      await first.makes("one")
      await first.makes("more")
      let refused = await second.make("two")
      #expect(
        refused.wholeMatch(
          of: /another run \(first, from \S+@\S+, since [0-9]+ (?:second|minute)s?\) is working on this computer/)
          != nil, "\(refused)")
      #expect(!FileManager.default.fileExists(atPath: stage.home + "/two"))
      await first.end()
      #expect(stage.traces == [])
      await second.makes("two")
      #expect(second.notices == [])
      await second.end()
      #expect(stage.traces == [])
    }
  }

  @Test("a lock whose shell was killed is taken over, and that is told", arguments: LocalShells.all)
  func killed(shell: String) async throws {
    try await LockStage.with(shell) { stage in
      let (first, second) = (stage.run("first"), stage.run("second"))
      await first.makes("one")
      let process = try #require(await first.shell.shellProcess)
      kill(process, SIGKILL)
      #expect(await becomesTrue { !FileSystem.isAlive(process) })
      let left = try #require(stage.text(stage.link))
      await second.makes("two")
      #expect(second.notices == [.tookOver(LockHolder(left))])
      await second.end()
      #expect(stage.traces == [])
    }
  }

  @Test("a process that only has the number of the one that is gone does not hold the lock", arguments: LocalShells.all)
  func reused(shell: String) async throws {
    try await LockStage.with(shell) { stage in
      let (first, second) = (stage.run("first"), stage.run("second"))
      await first.makes("one")
      let text = try #require(stage.text(stage.link))
      try FileManager.default.removeItem(atPath: stage.link)
      // The same process, begun at another time, as after a reboot.
      try stage.leave(text.split(separator: ":").dropLast().joined(separator: ":") + ":1.0")
      await second.makes("two")
      #expect(second.notices.count == 1)
      // The first one's shell finds at its end that the lock is not its own any more.
      await first.end()
      #expect(stage.text(stage.link)?.hasPrefix("second:") == true)
      await second.end()
      #expect(stage.traces == [])
    }
  }

  @Test("a lock without a birth is of a shell that was killed, and is taken over", arguments: LocalShells.all)
  func unborn(shell: String) async throws {
    try await LockStage.with(shell) { stage in
      let run = stage.run("second")
      try stage.leave("dead:nobody:1:99999999:")
      await run.makes("two")
      #expect(run.notices == [.tookOver(LockHolder("dead:nobody:1:99999999:"))])
      await run.end()
      #expect(stage.traces == [])
    }
  }

  @Test("of many that find a dead lock at once, one gets it", arguments: ["sh", "busybox"], 1...8)
  func race(shell: String, round: Int) async throws {
    try await LockStage.with(shell) { stage in
      try stage.leave("dead:nobody:1:99999999:1.0")
      // Half of the times the one who was about to take it over is dead as well.
      if round.isMultiple(of: 2) {
        try FileManager.default.createSymbolicLink(
          atPath: stage.link + ".next", withDestinationPath: "dead-too:nobody:1:99999998:1.0")
      }
      let runs = (1...6).map { stage.run("run\($0)") }
      for run in runs { _ = try await run.shell.run(Script("begin", ":")) }
      let came = await withTaskGroup(of: String.self) { group in
        for run in runs { group.addTask { await run.make("file") } }
        return await group.reduce(into: [String]()) { $0.append($1) }
      }
      #expect(came.filter { $0 == "0 x on" }.count == 1, "\(came)")
      #expect(came.filter { $0.hasPrefix("another run (run") }.count == 5, "\(came)")
      #expect(runs.flatMap(\.notices).count == 1)
      for run in runs { await run.end() }
      #expect(stage.traces == [])
    }
  }

  @Test("the same run goes on in a new shell, as after a lost connection")
  func again() async throws {
    try await LockStage.with("sh") { stage in
      let (old, new) = (stage.run("run"), stage.run("run"))
      await old.makes("one")
      new.lock.host.keep(old.lock.host.lock(of: .login), of: .login)
      await new.makes("two")
      let process = try #require(await new.shell.shellProcess)
      #expect(new.lock.host.lock(of: .login) == .held(shell: process))
      #expect(new.notices == [])
      await old.end()
      #expect(stage.text(stage.link)?.hasPrefix("run:") == true)
      await new.end()
      #expect(stage.traces == [])
    }
  }

  @Test("where something else lies in the lock's place, the lock is in the next", arguments: LocalShells.all)
  func inTheNext(shell: String) async throws {
    try await LockStage.with(shell) { stage in
      try stage.block(stage.link)
      let (first, second) = (stage.run("first"), stage.run("second"))
      await first.makes("one")
      #expect(stage.text(stage.second)?.hasPrefix("first:") == true)
      #expect(await second.make("two").hasPrefix("another run (first, "))
      try FileManager.default.removeItem(atPath: stage.link)
      // The way is free in the first place by now, but the first one is still at work.
      #expect(await second.make("two").hasPrefix("another run (first, "))
      await first.end()
      await second.end()
      #expect(stage.traces == [])
    }
  }

  @Test("a lock that goes while it is looked at leaves its place to the next", arguments: LocalShells.all)
  func goesMeanwhile(shell: String) async throws {
    try await LockStage.with(shell) { stage in
      try stage.leave("first:nobody:1:99999999:1.0")
      // BusyBox's: it looks at the file, then at the target, and the link is removed in between.
      let tools = try stage.tool(
        "ls",
        """
        if [ "$2" = '\(stage.link)' ] && [ ! -e "$HOME/gone" ]; then
          : >"$HOME/gone"
          rm "$2"
          echo "lrwxrwxrwx    1 $(id -u)        0               27 Nov 29 05:48 $2"
          exit 0
        fi
        exec /bin/ls "$@"
        """)
      let run = stage.run("second", tools: tools)
      await run.makes("two")
      #expect(FileManager.default.fileExists(atPath: stage.home + "/gone"))
      #expect(stage.text(stage.link)?.hasPrefix("second:") == true)
      #expect(stage.traces == [stage.link])
      #expect(run.notices == [])
      await run.end()
      #expect(stage.traces == [])
    }
  }

  @Test("where a dead lock cannot be replaced, the lock is in the next place", arguments: LocalShells.all)
  func irreplaceable(shell: String) async throws {
    try await LockStage.with(shell) { stage in
      try stage.leave("dead:nobody:1:99999999:1.0")
      let run = stage.run("second", tools: try stage.tool("mv", "exit 1"))
      await run.makes("two")
      #expect(stage.text(stage.link) == "dead:nobody:1:99999999:1.0")
      #expect(stage.text(stage.second)?.hasPrefix("second:") == true)
      #expect(run.notices == [])
      await run.end()
      #expect(stage.traces == [stage.link])
    }
  }

  @Test("where no place takes a lock, the run goes on and says so")
  func nowhere() async throws {
    try await LockStage.with("sh") { stage in
      try stage.block(stage.link)
      try stage.block(stage.second)
      let run = stage.run("run")
      await run.makes("one")
      await run.makes("two")
      #expect(run.notices == [.impossible])
      await run.end()
    }
  }

  @Test("what a lock says is told in words")
  func words() {
    let holder = LockHolder("20261121-080102-abc:me@desk.local:1000:4711:12.ab")
    #expect(holder.text(now: 1185) == "20261121-080102-abc, from me@desk.local, since 3 minutes")
    #expect(holder.text(now: 1001) == "20261121-080102-abc, from me@desk.local, since 1 second")
    #expect(holder.text(now: 1000 + 7200) == "20261121-080102-abc, from me@desk.local, since 2 hours")
    // A clock that was put back tells nothing.
    #expect(holder.text(now: 5) == "20261121-080102-abc, from me@desk.local")
    #expect(holder.process == 4711)
  }
}
