import Foundation
import Testing

@Suite("repo, search, and recipes of repositories")
struct RepoCommandTests {
  private static let widened = """
    sed -i 's/"files" }/"files", "root" }/; s/default = "700"/default = "750"/' recipes/close_home.lua
    """

  @Test("add shows what it is; list, search, show and plan know it; remove takes it away")
  func whole() throws {
    try SharedExample.with { program, example in
      let commit = try example.commit()
      let added = try program.run("repo", "add", "./src")
      let (content, url) = (try example.content, "\(program.home.path)/src")
      let facts = """
          Recipes that show what a repository can hold
          url      \(url)
          ref      the default branch
          commit   \(commit)
          content  \(content)
          signed   no
          files    \(example.files(content))

        Recipes:
          example/close_home  Close the home directory to group and others
                              permissions: files (!)

        """
      #expect(added == .init(status: 0, output: "Added example\n" + facts, complaints: ""))
      #expect(
        try program.run("repo", "show", "example") == .init(status: 0, output: "example\n" + facts, complaints: ""))
      #expect(
        try program.run("repo", "list")
          == .init(status: 0, output: "example  HEAD (\(commit.prefix(12)))  not signed  \(url)\n", complaints: ""))
      let row =
        "example/close_home  Close the home directory to group and others  (\(url) HEAD (\(commit.prefix(12))))\n"
      #expect(try program.run("list") == .init(status: 0, output: row, complaints: ""))
      #expect(try program.run("search", "HOME", "octal").status == 1)
      for words in [["close", "750"], ["whose"], ["example"]] {
        #expect(try program.run(["search"] + words) == .init(status: 0, output: row, complaints: ""))
      }
      let show = try program.run("show", "close_home")
      #expect(
        show
          == .init(
            status: 0,
            output: """
              example/close_home: Close the home directory to group and others
                file   \(example.files(content))/recipes/close_home.lua
                from   \(url) HEAD (\(commit.prefix(12)))

              Hosts, in this order:
                host  The host whose home is closed

              Settings, each as --set name=value:
                mode  The mode of the home ("700" or "750"; default: 700)

              Permissions, (!) marks far-reaching ones:
                files  read and change any file that the account may, also outside its home  (!)

              Plan first, then run:
                ssh-recipes plan example/close_home HOST
                ssh-recipes run example/close_home HOST

              """, complaints: ""))
      #expect(
        try program.run("repo", "remove", "example")
          == .init(status: 0, output: "Removed example (\(url))\n", complaints: ""))
      #expect(try program.run("repo", "list").output == "No repositories yet. Add one with: ssh-recipes repo add URL\n")
      #expect(try program.run("show", "example/close_home").status == 64)
    }
  }

  @Test("an update that asks for more is shown, stops unattended with 5, is taken with --trust, and undone")
  func update() throws {
    try SharedExample.with { program, example in
      let first = try example.commit()
      #expect(try program.run("repo", "add", "./src").status == 0)
      #expect(
        try program.run("repo", "update")
          == .init(status: 0, output: "example  HEAD (\(first.prefix(12)))  up to date\n", complaints: ""))
      let second = try example.commit("\(Self.widened); echo '-- new' >>recipes/lib/words.lua")
      let before = try example.state()
      let shown = """
        example  HEAD (\(first.prefix(12))) -> HEAD (\(second.prefix(12)))
          ~ example/close_home  Close the home directory to group and others
              (!) gains: root (act as root)
              setting ~ mode  default: 700 -> default: 750
          other files: ~ recipes/lib/words.lua

        """
      let refusal = """
        error: "example" was not updated: recipes gain permissions, and there is no terminal to confirm it on
          fix     review it with --plan --diff, then: ssh-recipes repo update example --trust

        """
      for arguments in [["repo", "update"], ["repo", "update", "example", "--yes"]] {
        #expect(try program.unattended(arguments) == .init(status: 5, output: shown, complaints: refusal))
      }
      #expect(try program.run("repo", "update", "--plan") == .init(status: 2, output: shown, complaints: ""))
      let diff = try program.run("repo", "update", "--plan", "--diff")
      #expect(diff.output.hasPrefix(shown + "--- recipes/close_home.lua\n+++ recipes/close_home.lua\n@@ "))
      #expect(diff.output.contains("\n-  needs = { \"files\" },\n"))
      #expect(diff.output.contains("\n+  needs = { \"files\", \"root\" },\n"))
      #expect(try example.state() == before)
      let taken = try program.run("repo", "update", "--trust")
      let back = "example  updated; undo with: ssh-recipes repo update --undo example\n"
      #expect(taken == .init(status: 0, output: shown + back, complaints: ""))
      #expect(try program.run("show", "close_home").output.contains("root   act as root  (!)"))
      #expect(
        try program.run("repo", "update", "--undo", "example")
          == .init(
            status: 0,
            output: "example  HEAD (\(second.prefix(12))) -> HEAD (\(first.prefix(12)))  update undone\n",
            complaints: ""))
      #expect(try !program.run("show", "close_home").output.contains("act as root"))
    }
  }

  @Test("an ordinary update is taken with --yes, and stops unattended without it")
  func ordinary() throws {
    try SharedExample.with { program, example in
      #expect(try program.run("repo", "add", "./src", "--ref", "main").status == 0)
      try example.commit("echo '-- new' >>recipes/lib/words.lua")
      let stopped = try program.unattended("repo", "update")
      #expect(stopped.status == 5)
      #expect(
        stopped.complaints == """
          error: "example" was not updated: there is no terminal to confirm it on
            fix     ssh-recipes repo update example --yes

          """)
      #expect(try program.run("repo", "update", "-y").status == 0)
      #expect(
        try program.run("repo", "update", "--undo", "nobody").complaints
          == "error: there is no repository \"nobody\"; the repositories are example\n  fix     ssh-recipes repo list"
          + "   shows all repositories\n")
    }
  }

  @Test("a moved tag and a rewritten branch stop, each with its own words")
  func history() throws {
    try SharedExample.with { program, example in
      let base = try example.commit(tag: "v1")
      let next = try example.commit("echo '-- new' >>recipes/lib/words.lua")
      #expect(try program.run("repo", "add", "./src", "--name", "tagged", "--ref", "v1").status == 0)
      #expect(try program.run("repo", "add", "./src", "--name", "followed").status == 0)
      let other = try example.commit("git reset -q --hard v1; echo '-- other' >>recipes/lib/words.lua", tag: "v1")
      let result = try program.unattended("repo", "update", "--yes")
      #expect(result.status == 5)
      #expect(
        result.output == """
          followed  HEAD (\(next.prefix(12))) -> HEAD (\(other.prefix(12)))
            (!) the default branch was rewritten: \(other.prefix(12)) is not based on \(next.prefix(12)), which is pinned
            other files: ~ recipes/lib/words.lua
          tagged  v1 (\(base.prefix(12))) -> v1 (\(other.prefix(12)))
            (!) the tag "v1" was moved from \(base.prefix(12)) to \(other.prefix(12)); tags should not move
            other files: ~ recipes/lib/words.lua

          """)
      #expect(
        result.complaints == """
          error: "followed" was not updated: the default branch was rewritten, and there is no terminal to confirm it on
            fix     review it with --plan --diff, then: ssh-recipes repo update followed --trust
          error: "tagged" was not updated: the tag "v1" was moved, and there is no terminal to confirm it on
            fix     review it with --plan --diff, then: ssh-recipes repo update tagged --trust

          """)
    }
  }

  @Test("what was changed here is said by every command, ends with 6, and install brings it back")
  func tampering() throws {
    try SharedExample.with { program, example in
      #expect(try program.run("repo", "add", "./src").status == 0)
      let (content, state) = (try example.content, try example.state())
      let file = "\(example.files(content))/recipes/lib/words.lua"
      try program.shell("echo '-- evil' >>'\(file)'")
      let commands = [
        ["run", "close_home", "pi@127.0.0.1"], ["plan", "example/close_home", "pi@127.0.0.1"], ["show", "close_home"],
        ["list"], ["search", "close"], ["lint", "close_home"], ["repo", "list"], ["repo", "show", "example"],
        ["repo", "update"],
      ]
      for command in commands {
        let result = try program.run(command)
        #expect(result.status == 6, "\(command): \(result)")
        #expect(
          result.complaints.hasPrefix(
            "error: the repository \"example\" was changed on this computer: the files in \(example.files(content)) hash to "
          ))
        #expect(
          result.complaints.hasSuffix(
            "pins \(content)\n  fix     ssh-recipes repo install --locked   fetches it again\n"))
      }
      try program.shell("rm -rf src")
      let install = try program.run("repo", "install", "--locked")
      #expect(install.status == 0)
      #expect(install.output.hasSuffix("restored from the cache\n"))
      #expect(try example.state() == state)
    }
  }

  @Test("a second person with the lock file alone gets the same bytes; a project's folder needs not even that")
  func second() throws {
    try SharedExample.with { program, example in
      #expect(try program.run("repo", "add", "./src").status == 0)
      let state = try example.state()
      let paths = try program.shell("cd .local/share; find . -type f | LC_ALL=C sort | xargs sha256sum")
      try program.shell(
        "mkdir -p two/.config/ssh-recipes; cp .config/ssh-recipes/repositories.lock two/.config/ssh-recipes")
      let two = ["HOME": "\(program.home.path)/two"]
      let missing = try program.run(["show", "example/close_home"], environment: two)
      #expect(
        missing
          == .init(
            status: 1, output: "",
            complaints: """
              error: the repository "example" is in the lock file, but not on this computer yet
                fix     ssh-recipes repo install --locked   fetches it again

              """))
      #expect(try program.run(["repo", "install", "--locked"], environment: two).output.hasSuffix("  fetched\n"))
      #expect(try program.shell("cd two/.local/share; find . -type f | LC_ALL=C sort | xargs sha256sum") == paths)
      #expect(try example.state() == state)

      #expect(try program.run("repo", "add", "./src", "--recipes", "project").status == 0)
      try program.shell("mkdir three; mv project three; rm -rf src .cache")
      let three = ["HOME": "\(program.home.path)/three"]
      for (arguments, variable) in [(["--recipes", "three/project"], ""), ([], "three/project")] {
        let environment = three.merging(["SSH_RECIPES_PATH": variable]) { $1 }
        let show = try program.run(["show", "example/close_home"] + arguments, environment: environment)
        #expect(show.status == 0, "\(show)")
      }
    }
  }

  @Test("each error says which repository it is about, and each fix works on the folder that it is about")
  func which() throws {
    try SharedExample.with { program, example in
      let first = try example.commit()
      for name in ["one", "two"] {
        try program.shell("cp -R src \(name)")
        #expect(try program.run("repo", "add", "./\(name)").status == (name == "one" ? 0 : 1))
        #expect(try program.run("repo", "add", "./\(name)", "--name", name, "--recipes", "ops").status == 0)
      }
      try program.shell("rm -rf one two/recipes; cd two; git add -A; git -c user.name=A -c user.email=a commit -qm x")
      let second = try program.shell("git -C two rev-parse HEAD").prefix(12)
      let update = try program.unattended("repo", "update", "--recipes", "ops")
      #expect(
        update
          == .init(
            status: 1, output: "",
            complaints: """
              error: the repository "example": there is no folder "\(program.home.path)/one"
              error: the repository "one": there is no folder "\(program.home.path)/one"
              error: the repository "two": \(program.home.path)/two has no recipes: there is no file below recipes/ in commit \
              \(second)

              """))
      try program.shell("rm -rf ops/repositories")
      #expect(
        try program.run("show", "one/close_home", "--recipes", "ops")
          == .init(
            status: 1, output: "",
            complaints: """
              error: the repository "one" is in the lock file, but not on this computer yet
                fix     ssh-recipes repo install --locked --recipes ops   fetches it again

              """))
      let list = try program.run("repo", "list", "--recipes", "ops").output
      #expect(list.contains("one      HEAD (\(first.prefix(12)))  not here yet  "), "\(list)")
    }
  }

  @Test("a lock file that pins another content than is here ends with 6, and list says so")
  func otherContent() throws {
    try SharedExample.with { program, example in
      #expect(try program.run("repo", "add", "./src").status == 0)
      try program.shell("sed -i 's/sha256:..../sha256:0000/' .config/ssh-recipes/repositories.lock")
      let list = try program.run("repo", "list")
      #expect(list.status == 6 && list.output.contains("  not what is pinned  "), "\(list)")
      let run = try program.run("run", "example/close_home", "pi@127.0.0.1", "--trust")
      #expect(run.status == 6, "\(run)")
      #expect(run.complaints.hasPrefix("error: the lock file pins content of the repository \"example\" that is not"))
    }
  }

  @Test("the recipe of a repository that is not there is never a file of the working folder")
  func noFallback() throws {
    try Program.with { program in
      try program.shell("mkdir acme; echo 'recipe { summary = \"x\", run = function() end }' >acme/close_home")
      #expect(
        try program.run("run", "acme/close_home")
          == .init(
            status: 64, output: "",
            complaints: """
              error: there is no repository "acme"; there are no repositories; to run the file of that name, use ./acme/close_home
                fix     ssh-recipes repo list   shows all repositories

              """))
      #expect(try program.run("run", "./acme/close_home").status == 0)
    }
  }

  @Test(
    "what looks like an option, or would run something, is refused before git sees it",
    arguments: [
      ("ext::sh -c 'touch ran'", "asks git to run its helper \"ext\""),
      ("ssh://-oProxyCommand=touch${IFS}ran/x", "looks like an option"),
      ("https://ada:secret@example.org/x", "contains a password"),
      ("https://ghp_secret@example.org/x", "contains a user name, which may be a token"),
      ("./missing", "there is no folder"),
      ("ftp://example.org/x", "repositories are not fetched over \"ftp\""),
    ])
  func refused(url: String, words: String) throws {
    try Program.with { program in
      let result = try program.run("repo", "add", url)
      #expect(result.status == (url == "./missing" ? 1 : 64))
      #expect(result.complaints.contains(words) && !result.complaints.contains("secret"), "\(result)")
      #expect(try program.shell("ls -A | grep -v -e data -e std -e .cache || true") == "")
    }
  }

  @Test("a control character of a repository never reaches the terminal")
  func visible() throws {
    try SharedExample.with { program, example in
      try example.commit(
        #"printf 'recipe { summary = "a\\27[2Jb", run = function() end }' > recipes/bad.lua"#)
      let result = try program.run("repo", "add", "./src")
      #expect(!result.output.contains("\u{1B}") && !result.complaints.contains("\u{1B}"))
      #expect(result.output.contains("example/bad         a\\x1b[2Jb"), "\(result)")
    }
  }
}
