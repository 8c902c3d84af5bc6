import Foundation
import Synchronization
import Testing

@testable import Diagnosis
@testable import Runs

/// Whole recipes on this computer, through the real shell.
@Suite struct RunTests {
  @Test func `a recipe acts once, and has nothing to do the second time`() async throws {
    try await Scene.with { scene in
      try scene.write("file", mode: 0o644)
      let body = #"step "Close it"; return here:chmod(params.path, "600").changed"#
      let first = await scene.run(body)
      #expect(first.report?.outcome == .applied)
      #expect(scene.mode("file") == 0o600)
      #expect(first.lines == ["step Close it", "chmod changed \(scene.path("file")): 644 -> 600"])
      let second = await scene.run(body)
      #expect(second.report?.outcome == .unchanged)
      #expect(second.lines == ["step Close it", "chmod unchanged \(scene.path("file")) is 600 already"])
    }
  }

  @Test func `a plan sees what it would have changed, and changes nothing`() async throws {
    try await Scene.with { scene in
      try scene.write("file", mode: 0o644)
      let plan = await scene.run(
        #"here:chmod(params.path, "600"); here:chmod(params.path, "600"); here:chmod(params.path, "700")"#, isPlan: true
      )
      #expect(plan.report?.outcome == .pending)
      #expect(
        plan.lines == [
          "chmod changed \(scene.path("file")): 644 -> 600", "chmod unchanged \(scene.path("file")) is 600 already",
          "chmod changed \(scene.path("file")): 600 -> 700",
        ])
      #expect(scene.mode("file") == 0o644)
    }
  }

  @Test func `a failure is a table to the recipe and comes back whole`() async throws {
    try await Scene.with { scene in
      let run = await scene.run(
        #"""
        local ok, e = pcall(function() here:chmod("/nowhere/at/all", "600") end)
        note(tostring(ok) .. " " .. e.kind .. " " .. e.primitive .. " " .. e.host)
        error(e)
        """#)
      #expect(run.report?.outcome == .failed)
      #expect(
        run.lines == [
          "chmod failed there is no file /nowhere/at/all", "note false absent chmod here",
        ])
      let failure = try #require(run.report?.failures.first)
      #expect(failure.kind == .absent)
      #expect(failure.paths == ["/nowhere/at/all"])
      #expect(failure.position == "mine.lua:6")
    }
  }

  @Test func `an error of the recipe's own Lua names the step it happened in`() async throws {
    try await Scene.with { scene in
      let run = await scene.run(
        #"""
        step "Count"
        local none = nil
        none.x = 1
        """#)
      let failure = try #require(run.report?.failures.first)
      #expect(failure.step == "Count")
      #expect(failure.position == "mine.lua:8")
    }
  }

  @Test func `what the recipe did not ask for is refused before arguments are read and anything is sent`() async throws
  {
    try await Scene.with { scene in
      for arguments in [#"params.path, "600""#, "error", "{ mod = 5 }", "5, 5, 5, 5"] {
        let run = await scene.run("here:chmod(\(arguments))", needs: "")
        #expect(
          run.report?.failures.map(\.message) == [
            "'chmod' needs the permission \"files\", which the recipe does not ask for"
          ])
        #expect(run.lines == [])
      }
    }
  }

  @Test func `branches of parallel run at once, keep their steps apart, and fail together`() async throws {
    try await Scene.with { scene in
      let run = await scene.run(
        #"""
        parallel({ "a", "b", "c" }, function(name)
          step("on " .. name)
          if name ~= "b" then fail("no " .. name) end
        end)
        """#)
      #expect(Set(run.lines) == ["step on a", "step on b", "step on c"])
      let failure = try #require(run.report?.failures.first)
      #expect(failure.message == "2 of 3 failed")
      #expect(failure.failures.map(\.message) == ["no a", "no c"])
    }
  }

  @Test func `an error in a branch has the branch's lines first, then those that called parallel`() async throws {
    try await Scene.with { scene in
      let run = await scene.run(
        #"""
        local function work(n)
          coroutine.wrap(function()
            local none = nil
            return none[n]
          end)()
        end
        local function both()
          parallel({ 1, 2 }, function(n)
            if n == 1 then work(n) else parallel({ n }, function() fail("no " .. n) end) end
          end)
        end
        both()
        """#)
      let failure = try #require(run.report?.failures.first)
      #expect(
        Self.lines(of: failure) == """
          mine.lua:13: 2 of 2 failed
            mine.lua:13 in both
            mine.lua:17
          mine.lua:7: mine.lua:9: attempt to index a nil value (local 'none')
            mine.lua:9
            mine.lua:7 in work
            mine.lua:14
          mine.lua:14: no 2
            mine.lua:14
            mine.lua:14
          """)
    }
  }

  @Test func `a traceback through parallel and coroutines has ten lines at most, the innermost first`() async throws {
    try await Scene.with { scene in
      let run = await scene.run(
        #"""
        local function deeper(n)
          if n == 0 then error("deep") end
          parallel({ n }, function()
            coroutine.wrap(deeper)(n - 1)
          end)
        end
        local ok, e = pcall(deeper, 6)
        note(#e.traceback .. " " .. tostring(e))
        error(e)
        """#)
      #expect(run.lines == ["note 10 mine.lua:9: mine.lua:7: deep"])
      let failure = try #require(run.report?.failures.first)
      #expect(
        Self.lines(of: failure) == """
          mine.lua:9: mine.lua:7: deep
            mine.lua:7
            mine.lua:9
            mine.lua:8
            mine.lua:9
            mine.lua:8
            mine.lua:9
            mine.lua:8
            mine.lua:9
            mine.lua:8
            mine.lua:9
          """)
    }
  }

  /// Position and message of a failure, its frames, and the same of its parts.
  private static func lines(of failure: Failure) -> String {
    let head = "\(failure.position ?? "?"): \(failure.message)"
    return ([head] + failure.traceback.map { "  " + $0 } + failure.failures.map(lines)).joined(separator: "\n")
  }

  @Test func `wrong arguments are named with the nearest right one`() async throws {
    try await Scene.with { scene in
      let run = await scene.run(#"here:chmod { path = "/tmp", mod = "600" }"#)
      #expect(
        run.report?.failures.map { "\($0.position ?? ""): \($0.message)" } == [
          "mine.lua:6: bad argument 'mod' to 'chmod' (no such argument; did you mean 'mode'?)"
        ])
    }
  }

  @Test(
    arguments: [
      (#"here:keygen { path = "/x", bits = 3.5 }"#, "'bits' to 'keygen' (integer expected, got 3.5)"),
      (#"here:keygen { path = "/x", bits = 1e300 }"#, "'bits' to 'keygen' (integer expected, got 1e+300)"),
      (
        #"here:chmod { path = "/\xff", mode = "600" }"#,
        "'path' to 'chmod' (string of valid UTF-8 expected, got \"/\u{FFFD}\")"
      ),
      (#"here:chmod { path = {}, mode = "600" }"#, "'path' to 'chmod' (string expected, got a list)"),
      (#"parallel({}, coroutine.create(error))"#, "#2 to 'parallel' (it is a coroutine)"),
    ])
  func `values that do not fit are told with what was expected`(call: String, message: String) async throws {
    try await Scene.with { scene in
      let run = await scene.run(call, needs: "\"files\", \"keys\"")
      #expect(run.report?.failures.map(\.message) == ["bad argument \(message)"])
    }
  }

  @Test func `a run can be undone from its journal`() async throws {
    try await Scene.with { scene in
      try scene.write("file", mode: 0o644)
      _ = await scene.run(#"here:chmod(params.path, "600")"#)
      let history = History(folder: scene.path("journals"))
      let past = try #require(history.runs().first)
      #expect(past.acts.map(\.summary) == ["chmod 600 \(scene.path("file"))"])
      #expect(past.outcome == .done)
      let undo = Undoer(
        past: PastCommand(past),
        RunSetup(
          platforms: [], options: RunOptions(), person: Nobody(), factory: LocalFactory(home: scene.folder),
          sink: Lines(), journals: scene.path("journals")))
      let report = try await undo.run(force: false)
      #expect(report.failures == [])
      #expect(report.outcome == .applied)
      #expect(scene.mode("file") == 0o644)
      #expect(try await undo.run(force: false).outcome == .unchanged)
    }
  }

  @Test func `what an undo that was cut off has left is restored first, and cleared away`() async throws {
    try await Scene.with { scene in
      try scene.write("file", mode: 0o644)
      _ = await scene.run(#"here:chmod(params.path, "600")"#)
      let journals = scene.path("journals")
      let past = try #require(History(folder: journals).runs().first)
      let folder = scene.path(".ssh-recipes.0123456789abcdef")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
      try scene.write(".ssh-recipes.0123456789abcdef/word", "word\n", mode: 0o600)
      // A watchdog would restore the mode left by the run.
      try scene.write(
        ".ssh-recipes.0123456789abcdef/restore",
        "chmod 600 '\(scene.path("file"))' && echo restored >>'\(scene.path("seen"))' && rm \"${0%/*}/word\"\n",
        mode: 0o600)
      _ = chmod(scene.path("file"), 0o644)
      let lines = [
        #"{"kind":"run","recipe":"undo \#(past.id)","hosts":[],"time":1}"#,
        #"{"kind":"before","act":1,"host":"here","account":"login","deed":"command","leavesNothing":true,"#
          + #""creates":["\#(folder)"],"summary":"arm the watchdog","time":2}"#, "",
      ]
      try lines.joined(separator: "\n").write(
        toFile: "\(journals)/19700101-000001-cut.jsonl", atomically: true, encoding: .utf8)
      let undo = Undoer(
        past: PastCommand(past),
        RunSetup(
          platforms: [], options: RunOptions(), person: Nobody(), factory: LocalFactory(home: scene.folder),
          sink: Lines(), journals: journals))
      let report = try await undo.run(force: false)
      #expect(report.failures == [])
      #expect(report.outcome == .applied)
      #expect(scene.mode("file") == 0o644)
      #expect(try String(contentsOfFile: scene.path("seen"), encoding: .utf8) == "restored\n")
      #expect(!FileManager.default.fileExists(atPath: folder))
    }
  }

  @Test func `a plan of an undo sees a directory empty that would be by then`() async throws {
    try await Scene.with { scene in
      let folder = scene.path("folder")
      _ = await scene.run(#"here:mkdir("\#(folder)", "700"); here:write("\#(folder)/file", "text\n")"#)
      let past = try #require(History(folder: scene.path("journals")).runs().first)
      let taken = ["undo changed undone: create \(folder)/file", "undo changed undone: mkdir -m 700 \(folder)"]
      for isPlan in [true, false] {
        let lines = Lines()
        let undo = Undoer(
          past: PastCommand(past),
          RunSetup(
            platforms: [], options: RunOptions(isPlan: isPlan), person: Nobody(),
            factory: LocalFactory(home: scene.folder), sink: lines, journals: scene.path("journals")))
        let report = try await undo.run(force: false)
        #expect(report.outcome == (isPlan ? .pending : .applied))
        #expect(lines.all == taken)
        #expect(FileManager.default.fileExists(atPath: folder) == isPlan)
      }
    }
  }

  @Test func `a file that a run had restored itself is not brought to what it was in between`() async throws {
    try await Scene.with { scene in
      try scene.write("file", "a\n", mode: 0o644)
      _ = await scene.run(
        #"here:write(params.path, "b\n"); here:write(params.path, "c\n"); here:write(params.path, "a\n")"#)
      let past = try #require(History(folder: scene.path("journals")).runs().first)
      let lines = Lines()
      let undo = Undoer(
        past: PastCommand(past),
        RunSetup(
          platforms: [], options: RunOptions(), person: Nobody(), factory: LocalFactory(home: scene.folder),
          sink: lines, journals: scene.path("journals")))
      #expect(try await undo.run(force: false).outcome == .unchanged)
      #expect(lines.all == [])
    }
  }

  @Test func `a secret reaches a command, and the recipe cannot read it`() async throws {
    try await Scene.with { scene in
      let run = await scene.run(
        #"""
        local word = secret "The word"
        note(tostring(word))
        note(here:run { "wc -c", input = word, reads = true }.stdout)
        """#, needs: "\"run\"")
      #expect(run.lines == ["note (secret)", "run read run: wc -c", "note 12"])
      let wrong = await scene.run(#"here:write(params.path, secret "The word")"#)
      #expect(
        wrong.report?.failures.map(\.message) == [
          "bad argument 'contents' to 'write' (string expected, got a secret)"
        ])
    }
  }
}
