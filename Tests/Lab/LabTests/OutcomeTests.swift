import Testing

/// A run's report, beside the run's effects.
@Suite("outcomes", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct OutcomeTests {
  private static func recipe(_ body: String, needs: String = #""files", "run""#) -> String {
    """
    recipe {
      summary = "Tries one thing",
      hosts = { { "pi", "A host" } },
      needs = { \(needs) },
      run = function(hosts)
        local pi = hosts.pi
        \(body)
      end,
    }
    """
  }

  private static let mark = "cat /home/pi/mark /home/pi/half 2>/dev/null || true"

  @Test func `a command over two hosts is undone as one, and the next undo takes the one before`() async throws {
    let hosts = try await Lab.hosts(.debian, 2)
    try await Operator.with { person in
      for text in ["one", "two"] {
        try person.write("mark.lua", Self.recipe(#"pi:write("~/mark", "\#(text)\n")"#))
        let run = try await person.run(Operator.line("/root/mark.lua", hosts))
        #expect(run.status == 0, "\(run)")
      }
      // A failed rehearsal changes nothing, so no undo takes the run.
      try person.write(
        "keys.lua", Self.recipe(#"pi:edit_config { options = { DenyUsers = "pi" } }"#, needs: #""ssh""#))
      let failed = try await person.run(Operator.line("/root/keys.lua", hosts))
      #expect(failed.status == 1 && failed.stdout.contains("nothing was changed"), "\(failed)")

      for left in ["one", ""] {
        let undo = try await person.recipes(
          "undo", "--password-command", "printf raspberry", "--output", "plain")
        #expect(undo.status == 0 && undo.stdout.contains("2 changes undone"), "\(undo)")
        for host in hosts { #expect(try await host.root(Self.mark) == left) }
      }
      let history = try await person.recipes("history").stdout
      let lines = history.split(separator: "\n").filter { $0.contains("  mark  ") }
      #expect(lines.count == 2 && lines.allSatisfy { $0.hasSuffix("2 changes, undone") }, "\(history)")
      let none = try await person.recipes("undo", "--password-command", "printf raspberry")
      #expect(none.stderr.contains("all runs that made changes are undone"), "\(none)")
    }
  }

  private static let unknown = "only the command that failed may have changed something."

  @Test(arguments: [
    (#"pi:run("echo half >>~/half; exit 4")"#, 1, "Failed after", unknown),
    (#"pi:run { "echo half >>~/half; sleep 60", timeout = 2 }"#, 1, "Failed after", unknown),
    (
      #"pcall(pi.run, pi, "echo half >>~/half; exit 4")"#, 0, "Done in",
      "no changes, except perhaps by 1 failed command"
    ),
    (#"pi:write("~/mark", "m\n") fail "sorry""#, 1, "Failed after", "1 change was made before that."),
  ])
  func `what was begun counts`(body: String, status: Int, beginning: String, end: String) async throws {
    let host = try await Lab.host(.debian)
    try await Operator.with { person in
      try person.write("half.lua", Self.recipe(body))
      let run = try await person.run(Operator.line("/root/half.lua", [host]))
      #expect(Int(run.status) == status, "\(run)")
      #expect(run.stdout.contains(beginning) && run.stdout.contains(end), "\(run)")
      #expect(try await host.root(Self.mark) != "")
      // A failure of the recipe's own names the host as well.
      if status == 1 { #expect(run.stderr.contains("error: \(host.target): "), "\(run)") }
    }
  }

  @Test func `a failed plan says that it touched nothing`() async throws {
    let host = try await Lab.host(.debian)
    let before = try await host.snapshot()
    try await Operator.with { person in
      try person.write("plan.lua", Self.recipe(#"pi:write("~/mark", "m\n") fail "sorry""#))
      let plan = try await person.run(
        [Lab.binary, "plan", "/root/plan.lua", host.target, "--accept-new", "--password-command", "printf raspberry"])
      #expect(plan.status == 1 && plan.stdout.contains("This was a plan: nothing was touched."), "\(plan)")
      #expect(try await host.changed(since: before) == [])
    }
  }
}
