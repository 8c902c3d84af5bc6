import Foundation
import Testing

/// Killed at every call of git, before and after it, and at many moments of what comes after the last: the next command
/// works, and everything is as before or as after.
@Suite("Killing repo add and repo update", .serialized)
struct RepoKillTests {
  /// A git that kills the program that called it: before its call number KILL_AT, or KILL_AFTER seconds after it.
  private static let wrapper = """
    #!/bin/sh
    n=$(($(cat "$KILL_COUNT" 2>/dev/null || echo 0) + 1))
    echo $n >"$KILL_COUNT"
    if [ "$n" = "$KILL_AT" ]; then
      if [ -z "$KILL_AFTER" ]; then kill -9 $PPID; exit 1; fi
      /usr/bin/git "$@"
      status=$?
      { sleep "$KILL_AFTER"; kill -9 $PPID; } >/dev/null 2>&1 </dev/null &
      exit $status
    fi
    exec /usr/bin/git "$@"
    """

  private static func prepare(_ program: Program) throws {
    try program.shell("mkdir bin && cat >bin/git <<'END'\n\(wrapper)\nEND\nchmod 755 bin/git")
  }

  /// - Returns: the status; 137 when it was killed.
  private static func run(_ program: Program, _ arguments: [String], at: Int, after: String = "") throws -> Int32 {
    try? FileManager.default.removeItem(at: program.home.appending(path: "count"))
    return try program.run(
      arguments,
      environment: [
        "PATH": "\(program.home.path)/bin:/usr/bin:/bin", "KILL_COUNT": "\(program.home.path)/count",
        "KILL_AT": "\(at)",
        "KILL_AFTER": after,
      ]
    ).status
  }

  /// How many times a command calls git when it is left alone.
  private static func calls(_ program: Program, _ arguments: [String]) throws -> Int {
    #expect(try run(program, arguments, at: 0) == 0)
    let count = try String(contentsOf: program.home.appending(path: "count"), encoding: .utf8)
    return Int(count.filter(\.isNumber)) ?? 0
  }

  /// Before each call of git, right after it, in steps of half a millisecond after the last, and never: on a busy computer the
  /// longest delay may be too short for the program to come to its end.
  private static func moments(_ calls: Int) -> [(at: Int, after: String)] {
    (1...calls).flatMap { [($0, ""), ($0, "0")] } + (1...40).map { (calls, "0.\($0 < 20 ? "00" : "0")\($0 * 5)") }
      + [(0, "")]
  }

  @Test("add: nothing half added, and once more it works")
  func add() throws {
    try SharedExample.with { program, example in
      try Self.prepare(program)
      let add = ["repo", "add", "./src"]
      let calls = try Self.calls(program, add)
      #expect(calls > 5)
      let after = try example.state()
      var killed = 0
      for (at, delay) in Self.moments(calls) {
        try program.shell("rm -rf .config .local .cache")
        if try Self.run(program, add, at: at, after: delay) != 0 { killed += 1 }
        let list = try program.run("repo", "list")
        #expect(list.status == 0, "call \(at) \(delay): \(list)")
        let isThere = list.output.hasPrefix("example")
        if isThere { #expect(try program.run("show", "close_home").status == 0) }
        let again = try program.run(add)
        #expect(again.status == (isThere ? 1 : 0), "call \(at) \(delay): \(again)")
        #expect(try example.state() == after, "call \(at) \(delay)")
        #expect(try program.shell("find . -name '*.new-*'") == "", "call \(at) \(delay)")
      }
      #expect(killed > calls)
    }
  }

  @Test("update: as before or as after, and once more it works")
  func update() throws {
    try SharedExample.with { program, example in
      try Self.prepare(program)
      #expect(try program.run("repo", "add", "./src").status == 0)
      let before = try example.state()
      try program.shell("mkdir saved; cp -a .config .local .cache saved")
      try example.commit("echo '-- new' >>recipes/lib/words.lua")
      let update = ["repo", "update", "--yes"]
      let calls = try Self.calls(program, update)
      let after = try example.state()
      var killed = 0
      for (at, delay) in Self.moments(calls) {
        try program.shell("rm -rf .config .local .cache; cp -a saved/. .")
        if try Self.run(program, update, at: at, after: delay) != 0 { killed += 1 }
        let show = try program.run("show", "close_home")
        #expect(show.status == 0, "call \(at) \(delay): \(show)")
        let again = try program.run(update)
        #expect(again.status == 0, "call \(at) \(delay): \(again)")
        #expect(try example.state() == after, "call \(at) \(delay)")
        let back = try program.run("repo", "update", "--undo", "example")
        #expect(back.status == 0, "call \(at) \(delay): \(back)")
        #expect(
          try program.shell("cat .config/ssh-recipes/*.lock")
            == String(before.split(separator: "# ", maxSplits: 1).last.map { "# " + $0 } ?? ""))
      }
      #expect(killed > calls)
    }
  }

  private static func restore(_ program: Program) throws {
    try program.shell("rm -rf .config .local .cache; cp -a saved/. .")
  }

  /// The example, updated once, and saved so.
  private static func updated(_ body: (Program, SharedExample) throws -> Void) throws {
    try SharedExample.with { program, example in
      try prepare(program)
      #expect(try program.run("repo", "add", "./src").status == 0)
      try example.commit("echo '-- new' >>recipes/lib/words.lua")
      #expect(try program.run("repo", "update", "--yes").status == 0)
      try program.shell("mkdir saved; cp -a .config .local .cache saved")
      try body(program, example)
    }
  }

  private static func commit(_ program: Program) throws -> String {
    try program.shell("sed -n 's/^  commit *//p' .config/ssh-recipes/repositories.lock").filter { !$0.isNewline }
  }

  @Test("update after an update: what can be undone is what the last one that counts replaced")
  func secondUpdate() throws {
    try Self.updated { program, example in
      let first = try program.shell("git -C src rev-parse HEAD~1").filter { !$0.isNewline }
      let second = try Self.commit(program)
      let third = try example.commit("echo '-- newer' >>recipes/lib/words.lua")
      let update = ["repo", "update", "--yes"]
      let calls = try Self.calls(program, update)
      var ends: Set<String> = []
      for (at, delay) in Self.moments(calls) {
        try Self.restore(program)
        _ = try Self.run(program, update, at: at, after: delay)
        let now = try Self.commit(program)
        ends.insert(now)
        #expect([second, third].contains(now))
        let back = try program.run("repo", "update", "--undo", "example")
        #expect(back.status == 0, "call \(at) \(delay): \(back)")
        #expect(try Self.commit(program) == (now == second ? first : second), "call \(at) \(delay)")
        #expect(try program.run("show", "close_home").status == 0)
      }
      #expect(ends == [second, third])
    }
  }

  @Test("undo: as before or as after, and back or forth again")
  func undo() throws {
    try Self.updated { program, _ in
      let (first, second) = (
        try program.shell("git -C src rev-parse HEAD~1").filter { !$0.isNewline }, try Self.commit(program)
      )
      let undo = ["repo", "update", "--undo", "example"]
      let start = ContinuousClock.now
      #expect(try program.run(undo).status == 0)
      let whole = Double((ContinuousClock.now - start) / .milliseconds(1)) / 1000
      var ends: Set<String> = []
      for step in 0..<60 {
        try Self.restore(program)
        let delay = whole * 1.5 * Double(step) / 60
        if step < 59 {
          try program.shell(
            "'\(Program.executable.path)' \(undo.joined(separator: " ")) >/dev/null 2>&1 & p=$!; "
              + "sleep \(delay); kill -9 $p 2>/dev/null || true; wait $p 2>/dev/null || true")
        } else {
          // The last undo is not killed: on a busy computer, even the longest delay is too short.
          #expect(try program.run(undo).status == 0)
        }
        let now = try Self.commit(program)
        ends.insert(now)
        #expect(try program.run("show", "close_home").status == 0)
        let again = try program.run(undo)
        #expect(again.status == 0, "after \(delay) s: \(again)")
        #expect(try Self.commit(program) == (now == first ? second : first), "after \(delay) s")
      }
      #expect(ends == [first, second])
    }
  }
}
