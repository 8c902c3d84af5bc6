import Foundation
import Testing

@testable import ssh_recipes

@Suite("self and completions")
struct SelfCommandTests {
  @Test func `self check shows the version, the places of recipes and each program`() throws {
    try Program.with(recipes: ["a.lua": "", "b.lua": ""]) { program in
      let result = try program.run("self", "check")
      let lines = result.output.split(separator: "\n").map(String.init)
      #expect(result.status == 0 && result.complaints == "")
      #expect(lines.first == "ssh-recipes \(Version.own)  \(Program.executable.resolvingSymlinksInPath().path)")
      #expect(
        Array(lines[1...2]) == [
          "recipes      \(program.home.path)/.config/ssh-recipes/recipes  0 recipes",
          "recipes      data/recipes  2 recipes",
        ])
      #expect(
        lines.dropFirst(3).map { $0.split(separator: " ")[0] } == [
          "ssh", "ssh-keygen", "ssh-add", "ssh-keyscan", "git",
        ])
      #expect(lines[3].contains("OpenSSH_"))
    }
  }

  @Test func `self check fails if a program that every run needs is missing, but not without git`() throws {
    try Program.with { program in
      try program.shell(
        "mkdir bin && for tool in sh ssh-keygen ssh-add ssh-keyscan; do ln -s \"$(command -v $tool)\" bin/; done")
      let result = try program.run(["self", "check"], environment: ["PATH": program.home.path + "/bin"])
      #expect(result.status == 1)
      #expect(result.output.contains("\nssh          missing; needed for every login\n"))
      #expect(result.output.hasSuffix("git          missing; needed for repositories of recipes\n"))
      try program.shell("ln -s \"$(command -v ssh)\" bin/")
      #expect(try program.run(["self", "check"], environment: ["PATH": program.home.path + "/bin"]).status == 0)
    }
  }

  @Test func `self unpack writes the recipes, editor files, manual page and completions`() throws {
    try Program.with { program in
      #expect(try program.run("self", "unpack", "files") == .init(status: 0, output: "Wrote files\n", complaints: ""))
      let files = try program.shell("cd files && find . -type f | sort").split(separator: "\n").map(String.init)
      #expect(files.contains("./recipes/platforms/debian.lua") && files.contains("./recipes/synology_pair.lua"))
      #expect(files.contains("./ssh-recipes.1") && files.contains("./editor/ssh-recipes.d.lua"))
      #expect(files.filter { $0.hasPrefix("./completions/") }.count == 3)
      let again = try program.run("self", "unpack", "files")
      #expect(
        again == .init(status: 64, output: "", complaints: "error: \"files\" already exists and was left unchanged\n"))
    }
  }

  @Test func `completions are a script of the shell, printed or installed in its folder`() throws {
    try Program.with { program in
      let script = try program.run("completions", "bash")
      #expect(script.status == 0 && script.output.contains("complete -o filenames -F _ssh-recipes ssh-recipes"))
      let place = program.home.path + "/.local/share/bash-completion/completions/ssh-recipes"
      let installed = try program.run("completions", "bash", "--install")
      #expect(installed.output.hasPrefix("Wrote \(place)\n") && installed.status == 0)
      #expect(try String(contentsOfFile: place, encoding: .utf8) == script.output)
      try program.shell("bash -n '\(place)'")
      let fish = try program.run(
        ["completions", "fish", "--install"], environment: ["XDG_CONFIG_HOME": program.home.path + "/x y"])
      #expect(fish.output.hasPrefix("Wrote \(program.home.path)/x y/fish/completions/ssh-recipes.fish\n"))
    }
  }

  @Test func `another shell is refused, with the known ones`() throws {
    try Program.with { program in
      let result = try program.run("completions", "tcsh")
      #expect(result.status == 64)
      #expect(result.complaints.contains("tcsh") && result.complaints.contains("bash"))
    }
  }

  @Test func `without files beside it, the program runs its own recipes`() throws {
    try Program.with { program in
      let list = try program.run(["list"], environment: ["SSH_RECIPES_DATA": ""])
      #expect(list.status == 0)
      #expect(list.output.contains("raspi_passwordless") && list.output.contains("synology_pair"))
      let source = try program.run(["show", "--source", "raspi_passwordless"], environment: ["SSH_RECIPES_DATA": ""])
      #expect(source.output.contains("recipe {"))
    }
  }
}
