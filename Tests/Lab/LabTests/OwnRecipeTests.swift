import Testing

/// A recipe of the user's own: what is wrong in it is said whole, with file and line.
@Suite("a user's own recipe", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct OwnRecipeTests {
  private static func run(
    _ body: String, needs: String = "\"files\"", modules: [String: String] = [:], more: [String] = []
  ) async throws -> (Finished, LabHost, Operator) {
    let pi = try await Lab.host(.debian)
    return try await Operator.with { person in
      try await person.shell("umask 077; mkdir -p .ssh")
      for (name, text) in modules { try person.write("recipes/\(name).lua", text) }
      try person.write(
        "recipes/mine.lua",
        """
        recipe {
          summary = "Mine",
          hosts = { { "pi", "A host" } },
          params = { { "name", "A name", default = "x" } },
          needs = { \(needs) },
          run = function(hosts, params)
            local pi = hosts.pi
            \(body)
          end,
        }
        """)
      return (try await person.unattended("recipes/mine.lua", pi, more: more), pi, person)
    }
  }

  @Test func `a required module and a parameter work`() async throws {
    let (run, pi, _) = try await Self.run(
      "require('helper').touch(pi, params.name)",
      modules: ["helper": "return { touch = function(host, name) host:write('~/made', name) end }"],
      more: ["--set", "name=hello"])
    #expect(run.status == 0, "\(run)")
    #expect(try await pi.root("cat /home/pi/made") == "hello")
  }

  @Test(arguments: [
    (
      #"pi:chmod { path = "~/x", mod = "600" }"#,
      "mine.lua:8: bad argument 'mod' to 'chmod' (no such argument; did you mean 'mode'?)"
    ),
    (
      #"pi:chmod("~/x", 600)"#,
      #"mine.lua:8: bad argument 'mode' to 'chmod' (octal string such as "0600" or a change such as "g-w,o-w" expected, got 600)"#
    ),
  ])
  func `a mistake that the source shows is told before the login`(_ body: String, _ message: String) async throws {
    let (run, _, _) = try await Self.run(body)
    #expect(run.status == 64 && run.stdout == "", "\(run)")
    #expect(run.stderr == "error: \(message)\n  fix     ssh-recipes primitives chmod\n")
  }

  @Test(arguments: [
    (
      #"local path = "~/x"; pi:chmod { path = path, mode = tostring("rw") }"#,
      """
      error: HOST: bad argument 'mode' to 'chmod' (octal string such as "0600" or a change such as "g-w,o-w" expected, got "rw")
        step    mine.lua:8
        fix     ssh-recipes primitives chmod
      """
    ),
    (
      "pi:chmode('~/x', '600')",
      """
      error: HOST: hosts have no primitive 'chmode'; did you mean 'chmod'?
        step    mine.lua:8
      """
    ),
    (
      "pi:run('id')",
      """
      error: HOST: 'run' needs the permission "run", which the recipe does not ask for
        step    mine.lua:8
        cause   a recipe may only do what it asks for in `needs`; "run" means: run any command
        fix     add "run" to `needs` in the recipe
      """
    ),
    (
      "local t = nil; t.x = 1",
      """
      error: HOST: attempt to index a nil value (local 't')
        step    mine.lua:8
      """
    ),
    (
      "step 'Help'; require('helper').touch(pi)",
      """
      error: HOST: attempt to concatenate a host value (local 'host')
        step    Help (helper.lua:2)
      """
    ),
  ])
  func `what is wrong is said with file and line, and nothing is changed`(
    _ body: String, _ message: String
  ) async throws {
    let helper = "return { touch = function(host)\n  return host .. 'x'\nend }"
    let (run, pi, _) = try await Self.run(body, modules: ["helper": helper])
    #expect(run.status == 1, "\(run)")
    #expect(run.stdout.contains("nothing was changed"))
    #expect(run.stderr == "\n" + message.replacing("HOST", with: pi.target) + "\n")
  }
}
