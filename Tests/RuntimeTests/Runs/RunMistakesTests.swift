import Testing

@testable import Diagnosis
@testable import Runs

/// Mistakes of a recipe's author that would otherwise change the recipe's course in silence.
@Suite struct RunMistakesTests {
  private func message(_ body: String, isPlan: Bool = false) async throws -> String? {
    try await Scene.with { scene in
      let run = await scene.run(body, needs: #""files", "run""#, isPlan: isPlan)
      return run.report?.failures.first?.message
    }
  }

  @Test(arguments: [
    (#"return here:status("~").exsits"#, "the result of status has no field 'exsits'; did you mean 'exists'?"),
    (#"return here:chmod("~", "700").chnged"#, "the result of chmod has no field 'chnged'; did you mean 'changed'?"),
    (
      #"local _, problem = pcall(here.chmod, here, "/nowhere", "600") return problem.cuase"#,
      "a failure has no field 'cuase'; did you mean 'cause'?"
    ),
    ("return params.moed", "'params' has no field 'moed'"),
    ("return hosts.pi", "'hosts' has no field 'pi'"),
  ])
  func `a field that a table of the run cannot have is an error`(body: String, message: String) async throws {
    #expect(try await self.message(body) == message)
  }

  @Test func `a field without a value is nil, and a field of the recipe's own is its own`() async throws {
    #expect(
      try await message(
        #"""
        local _, problem = pcall(here.chmod, here, "/nowhere", "600")
        assert(problem.gate == nil and problem.host == "here")
        local made = here:mkdir("~/made")
        assert(made.planned == nil and made.changed)
        made.mine = 5
        assert(made.mine == 5 and made[1] == nil)
        """#) == nil)
  }

  @Test(arguments: [
    (#"fail { "sorry" }"#, "sorry"),
    (#"fail { message = "sorry", fix = { "wait" } }"#, "sorry"),
    (
      #"fail { mesage = "sorry" }"#,
      "bad argument 'reason.mesage' to 'fail' (no such argument; did you mean 'message'?)"
    ),
    (#"fail(here:status("~"))"#, "the recipe failed"),
  ])
  func `fail loses no words of the author`(body: String, message: String) async throws {
    #expect(try await self.message(body) == message)
  }

  @Test func `a forgotten local is an error inside run`() async throws {
    #expect(try await message("count = 5") == "'count' is no variable here; write 'local count = …' first")
    #expect(try await message("local count = 5; count = count + 1; assert(count == 6)") == nil)
  }

  @Test func `a plan goes on below what a command of the recipe creates`() async throws {
    try await Scene.with { scene in
      let body = #"""
        here:run { "mkdir ~/box", creates = "~/box" }
        local file = here:write("~/box/file", "text")
        assert(file.planned)
        here:chmod(params.path, "600")
        """#
      try scene.write("file", mode: 0o644)
      let plan = await scene.run(body, needs: #""files", "run""#, isPlan: true)
      #expect(plan.report?.failures == [])
      #expect(plan.report?.tally.changed == 3)
      #expect(plan.lines.contains("write changed write (decided at run time)"))
      let run = await scene.run(body.replacing("assert(file.planned)", with: ""), needs: #""files", "run""#)
      #expect(run.report?.failures == [])
    }
  }

  @Test func `other files than sshd's configuration are edited with the permission for files alone`() async throws {
    try await Scene.with { scene in
      let edit = await scene.run(#"here:edit_config { path = "~/.profile", lines = { "umask 022" } }"#)
      #expect(edit.report?.failures == [])
      let server = await scene.run(#"here:edit_config { options = { Port = "22" } }"#)
      #expect(server.report?.failures.first?.kind == .permission)
    }
  }
}
