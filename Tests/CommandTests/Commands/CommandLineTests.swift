import Testing

@Suite("The command line")
struct CommandLineTests {
  @Test("without arguments it prints its help")
  func help() throws {
    try Program.with { program in
      let text = try program.run()
      let long = try program.run("--help")
      #expect(text == long)
      #expect(
        text
          == .init(
            status: 0,
            output: """
              OVERVIEW: Carry out guides over SSH: recipes in Lua, run safely on one host or
              on a thousand.

              ssh-recipes run raspi_passwordless pi@raspberrypi.local
              ssh-recipes plan synology_pair alice@nas1 alice@nas2

              `ssh-recipes list` shows all recipes, and `ssh-recipes show RECIPE` explains
              one.

              USAGE: ssh-recipes [--version] <subcommand>

              OPTIONS:
                --version               Show the versions of ssh-recipes, Lua and OpenSSH.
                -h, --help              Show help information.

              SUBCOMMANDS:
                run                     Run a recipe on hosts, or on this computer.
                plan                    Show what a recipe would change, and change nothing.
                hosts                   List the hosts of inventories, or check that they can
                                        be reached.
                list                    List all recipes and where they come from.
                show                    Show a recipe's purpose, hosts, settings and
                                        permissions.
                search                  Search names, summaries and settings of all recipes.
                repo                    Manage repositories of third-party recipes.
                primitives              List the functions that recipes can call, or explain
                                        one.
                history                 List past runs that made changes, or show one of them.
                undo                    Undo a past run.
                report                  Show reports, or merge the reports of shards.
                new                     Create a commented recipe or primitive in this folder
                                        to start from.
                lint                    Check recipes and primitives without running them.
                completions             Print the completion script for a shell, or install
                                        it.
                self                    Check this installation, or unpack the files in the
                                        program.

                See 'ssh-recipes help <subcommand>' for detailed help.

              """, complaints: ""))
    }
  }

  @Test(
    "a command that is not there: the nearest is named",
    arguments: [
      ("lst", "there is no command \"lst\"; did you mean \"list\"?"),
      ("pln", "there is no command \"pln\"; did you mean \"plan\"?"),
      (
        "frobnicate",
        "there is no command \"frobnicate\"; the commands are run, plan, hosts, list, show, search, repo, primitives, "
          + "history, undo, report, new, lint, completions, self"
      ),
      ("close", "there is no command \"close\", but there is a recipe: ssh-recipes run close …"),
    ])
  func unknownCommand(name: String, message: String) throws {
    let recipe = "recipe { summary = \"x\", run = function() end }\n"
    try Program.with(recipes: ["close.lua": recipe]) { program in
      let result = try program.run(name)
      #expect(result == .init(status: 64, output: "", complaints: "error: \(message)\n"))
    }
  }

  @Test("a command of a group that is not there, as well")
  func unknownCommandOfGroup() throws {
    try Program.with { program in
      let result = try program.run("repo", "lst", "--help")
      let message = "there is no command \"repo lst\"; did you mean \"repo list\"?"
      #expect(result == .init(status: 64, output: "", complaints: "error: \(message)\n"))
    }
  }

  @Test("an option that is not there: the nearest is named")
  func unknownOption() throws {
    try Program.with { program in
      let result = try program.run("--verison")
      #expect(
        result
          == .init(
            status: 64, output: "",
            complaints: """
              error: Unknown option '--verison'. Did you mean '--version'?
              Usage: ssh-recipes [--version] <subcommand>
                See 'ssh-recipes --help' for more information.

              """))
    }
  }

  @Test("one primitive is explained whole")
  func primitive() throws {
    try Program.with { program in
      let result = try program.run("primitives", "chmod")
      #expect(
        result
          == .init(
            status: 0,
            output: """
              host:chmod(path, mode [, root])
                Sets or adjusts the permission bits of a file or directory.

              Arguments, by name in a table or in this order:
                path  The file or directory.
                      absolute path, or one that starts with "~/"; required
                mode  Octal digits, or a change such as `g-w,o-w`.
                      octal string such as "0600" or a change such as "g-w,o-w"; required
                root  Do it as root; needs the permission `root` too.
                      true or false; default: false

              Returns a table:
                changed  Whether the mode changed. (boolean)
                mode     The mode afterwards, in octal. (string)

              Needs:    needs = { "files" }   read and change any file that the account may, also outside its home
              Done:     The mode was read again, and is as requested.
              Example:  pi:chmod("~/.ssh", "700")

              """, complaints: ""))
    }
  }

  @Test("a primitive that is not there: the nearest is named")
  func unknownPrimitive() throws {
    try Program.with { program in
      let result = try program.run("primitives", "chmdo")
      #expect(
        result
          == .init(
            status: 64, output: "",
            complaints: """
              error: there is no primitive "chmdo"; did you mean "chmod"?
                fix     ssh-recipes primitives   lists all

              """))
    }
  }

  @Test("--version names ours, Lua's and OpenSSH's, a line each")
  func version() throws {
    try Program.with { program in
      let result = try program.run("--version")
      let lines = result.output.split(separator: "\n")
      #expect(result.status == 0)
      #expect(lines.count == 3)
      #expect(lines.first?.wholeMatch(of: /ssh-recipes \d+\.\d+\.\d+/) != nil)
      #expect(lines.dropFirst().first?.wholeMatch(of: /Lua 5\.4\.\d+/) != nil)
      #expect(lines.last?.hasPrefix("OpenSSH_") == true)
    }
  }
}
