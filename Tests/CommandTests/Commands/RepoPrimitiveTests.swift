import Foundation
import Testing

@Suite("primitives of repositories")
struct RepoPrimitiveTests {
  private static let recipe = """
    recipe { summary = "Greet", needs = { "files" }, run = function() here:motd { "Welcome.", "'"$PWD"'/motd" } end }
    """
  private static let primitive = """
    primitive {
      summary = "Sets the message of the day.",
      needs = { "files" },
      params = { { "text", "The message." }, { "path", "The file.", type = "path" } },
      example = [[pi:motd("Welcome.", "/etc/motd")]],
      body = function(host, args)
        if host:read { args.path, default = "" } == args.text then return unchanged "the message is as wanted" end
        return change("new message", function() host:write(args.path, args.text) end)
      end,
    }
    """

  /// A repository with the primitive and its recipe, and another repository with the recipe alone.
  private static func with(_ body: (Program, SharedExample) throws -> Void) throws {
    try SharedExample.with { program, example in
      try example.commit(
        """
        rm -r recipes/*; mkdir recipes/primitives
        printf '%s\\n' '\(recipe)' >recipes/greet.lua
        cat >recipes/primitives/motd.lua <<'END'
        \(primitive)
        END
        mkdir -p ../other/recipes; cp recipes/greet.lua ../other/recipes/
        (cd ../other && git -c init.defaultBranch=main init -q && git add -A && git commit -q -m x)
        """)
      try body(program, example)
    }
  }

  @Test("add shows the permissions of a primitive, and only the repository's recipes can call the primitive")
  func own() throws {
    try Self.with { program, _ in
      let added = try program.run("repo", "add", "./src", "--name", "mine")
      #expect(
        added.output.hasSuffix("\nPrimitives for these recipes alone:\n  motd  permissions: files (!)\n"), "\(added)")
      #expect(try program.run("repo", "add", "./other").status == 0)
      let run = try program.unattended("run", "mine/greet", "--trust", "--output", "plain")
      #expect(run.output.contains("  changed    here: new message\n"), "\(run)")
      let again = try program.unattended("run", "mine/greet", "--trust", "--output", "plain")
      #expect(again.output.contains("  unchanged  here: the message is as wanted\n"), "\(again)")
      #expect(try program.run("undo").status == 0)
      let other = try program.unattended("run", "other/greet", "--trust", "--output", "plain")
      #expect(other.status == 1)
      #expect(other.complaints == "\nerror: hosts have no primitive 'motd'\n  step    other/greet.lua:1\n")
      #expect(try program.shell("[ -e src/motd ] || echo none") == "none\n")
    }
  }

  @Test("an update that lets a primitive do more is shown, and taken only with consent")
  func widened() throws {
    try Self.with { program, example in
      #expect(try program.run("repo", "add", "./src", "--name", "mine").status == 0)
      #expect(try program.unattended("run", "mine/greet", "--trust").status == 0)
      let before = try example.state()
      try example.commit("sed -i 's/needs = { \"files\" }/&, may_need = { \"run\" }/' recipes/primitives/motd.lua")
      let update = try program.unattended("repo", "update", "--yes")
      #expect(update.status == 5)
      #expect(
        update.output.hasSuffix(
          "\n  (!) primitive motd may: run (run any command)\n  other files: ~ recipes/primitives/motd.lua\n"))
      #expect(
        update.complaints == """
          error: "mine" was not updated: primitives gain permissions, and there is no terminal to confirm it on
            fix     review it with --plan --diff, then: ssh-recipes repo update mine --trust

          """)
      #expect(try example.state() == before)
      #expect(try program.unattended("run", "mine/greet").status == 0)
      #expect(try program.run("repo", "update", "--trust").status == 0)
      let changed = try program.unattended("run", "mine/greet")
      #expect(changed.status == 5)
      #expect(changed.complaints.contains("\n    changed    primitives/motd.lua\n"), "\(changed)")
    }
  }
}
