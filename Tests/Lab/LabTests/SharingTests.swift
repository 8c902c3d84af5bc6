import Foundation
import Testing

/// Recipes from a real git server over SSH, and from a folder; carried out on a real host.
@Suite("recipes that people share", .enabled(if: Lab.isThere, "started by Tests/Lab/run"), .lab)
struct SharingTests {
  /// What a run without a person says to a recipe of somebody else.
  private static let trust = ["--trust"]
  private static let example = Lab.root + "/Tests/Fixtures/repositories/example"
  private static let identity =
    "GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.org GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.org"

  /// A script in the repository of the server, as its owner.
  ///
  /// - Returns: the commit that is the last one then.
  @discardableResult
  private static func commit(_ forge: LabHost, _ script: String) async throws -> String {
    let text = "cd ~/recipes.git && \(script) && git add -A && git commit -q --allow-empty -m x && git rev-parse HEAD"
    return try await forge.root("su pi -c \"$(cat)\"", input: "export \(identity)\n\(text)\n")
  }

  /// A server with the example, to which the person has a key of their own.
  private static func forge(for person: Operator) async throws -> (forge: LabHost, commit: String) {
    let forge = try await Lab.host(.forge)
    for path in try FileManager.default.subpathsOfDirectory(atPath: example).sorted() {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(example)/\(path)", isDirectory: &isFolder)
      guard !isFolder.boolValue else { continue }
      let folder = (path as NSString).deletingLastPathComponent
      try await forge.root(
        "su pi -c 'mkdir -p ~/recipes.git/\(folder) && cat >~/recipes.git/\(path)'",
        input: try String(contentsOfFile: "\(example)/\(path)", encoding: .utf8))
    }
    let commit = try await commit(forge, "git init -q 2>/dev/null")
    try await authorize(person, on: forge)
    return (forge, commit)
  }

  private static func authorize(_ person: Operator, on forge: LabHost) async throws {
    try await person.shell(
      "umask 077; mkdir -p .ssh; [ -e .ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f .ssh/id_ed25519; "
        + "echo 'StrictHostKeyChecking accept-new' >.ssh/config")
    try await forge.root(
      "su pi -c 'umask 077; mkdir -p ~/.ssh; cat >>~/.ssh/authorized_keys'",
      input: try person.read(".ssh/id_ed25519.pub"))
  }

  private static func close(_ person: Operator, _ host: LabHost, _ arguments: String...) async throws -> Finished {
    try await person.unattended("example/close_home", host, more: trust + arguments)
  }

  private static func mode(_ host: LabHost) async throws -> String {
    try await host.root("ls -ld /home/pi | cut -c1-10")
  }

  @Test("over SSH with a key: add, search, show, run on a host, update, undo, remove")
  func overSSH() async throws {
    try await Operator.with { person in
      let (forge, first) = try await Self.forge(for: person)
      let host = try await Lab.host(.debian)
      let url = "\(forge.target):recipes.git"
      let added = try await person.recipes("repo", "add", url)
      #expect(added.status == 0, "\(added)")
      #expect(added.stdout.contains("  url      \(url)\n") && added.stdout.contains("  commit   \(first)\n"))
      let search = try await person.recipes("search", "close", "home")
      #expect(search.stdout.hasPrefix("example/close_home  Close the home directory to group and others  (\(url) "))
      let show = try await person.recipes("show", "close_home")
      #expect(show.status == 0 && show.stdout.contains("ssh-recipes run example/close_home HOST"), "\(show)")

      let run = try await Self.close(person, host)
      #expect(run.status == 0, "\(run)")
      #expect(try await Self.mode(host) == "drwx------")
      let again = try await Self.close(person, host)
      #expect(again.status == 0 && again.stdout.contains("closed already"), "\(again)")

      let second = try await Self.commit(
        forge, "sed -i 's/default = \"700\"/default = \"750\"/' recipes/close_home.lua")
      let update = try await person.recipes("repo", "update", "--yes")
      #expect(update.status == 0, "\(update)")
      #expect(
        update.stdout == """
          example  HEAD (\(first.prefix(12))) -> HEAD (\(second.prefix(12)))
            ~ example/close_home  Close the home directory to group and others
                setting ~ mode  default: 700 -> default: 750
          example  updated; undo with: ssh-recipes repo update --undo example

          """)
      #expect(try await Self.close(person, host).status == 0)
      #expect(try await Self.mode(host) == "drwxr-x---")

      // Nobody has to be reached to go back, or to run what is here.
      try await Lab.lab("kill", Lab.name, forge.index)
      let back = try await person.recipes("repo", "update", "--undo", "example")
      #expect(back.status == 0, "\(back)")
      #expect(try await Self.close(person, host).status == 0)
      #expect(try await Self.mode(host) == "drwx------")
      #expect(try await person.recipes("repo", "remove", "example").status == 0)
      let gone = try await Self.close(person, host)
      #expect(gone.status == 64, "\(gone)")
    }
  }

  @Test("an update that asks for root stops unattended, and nothing of it is run")
  func widened() async throws {
    try await Operator.with { person in
      let (forge, first) = try await Self.forge(for: person)
      #expect(try await person.recipes("repo", "add", "ssh://\(forge.target)/home/pi/recipes.git").status == 0)
      try await Self.commit(forge, "sed -i 's/needs = { /needs = { \"root\", /' recipes/close_home.lua")
      let update = try await person.run(["setsid", "--wait", Lab.binary, "repo", "update", "--yes"])
      #expect(update.status == 5, "\(update)")
      #expect(update.stdout.contains("      (!) gains: root (act as root)\n"))
      #expect(
        update.stderr == """
          error: "example" was not updated: recipes gain permissions, and there is no terminal to confirm it on
            fix     review it with --plan --diff, then: ssh-recipes repo update example --trust

          """)
      #expect(try await person.recipes("repo", "list").stdout.contains("HEAD (\(first.prefix(12)))"))
      #expect(try await person.recipes("show", "example/close_home").stdout.contains("act as root") == false)
    }
  }

  @Test("a second person with the lock file alone gets the same bytes and the same result")
  func second() async throws {
    try await Operator.with { ada in
      let (forge, _) = try await Self.forge(for: ada)
      let hosts = try await Lab.hosts(.debian, 2)
      let added = try await ada.recipes("repo", "add", "\(forge.target):recipes.git")
      #expect(added.status == 0, "\(added)")
      // The branch has gone on since.
      try await Self.commit(forge, "sed -i 's/default = \"700\"/default = \"750\"/' recipes/close_home.lua")
      try await Operator.with { bob in
        try await Self.authorize(bob, on: forge)
        try bob.write(".config/ssh-recipes/repositories.lock", try ada.read(".config/ssh-recipes/repositories.lock"))
        #expect(try await Self.close(bob, hosts[1]).status == 1)
        let install = try await bob.recipes("repo", "install", "--locked")
        #expect(install.status == 0 && install.stdout.hasSuffix("  fetched\n"), "\(install)")
        let sums = "cd .local/share/ssh-recipes && find . -type f -exec sha256sum {} + | LC_ALL=C sort"
        let (adas, bobs) = (try await ada.shell(sums).stdout, try await bob.shell(sums).stdout)
        #expect(adas == bobs && adas.contains("recipes/close_home.lua"))
        for (person, host) in [(ada, hosts[0]), (bob, hosts[1])] {
          let run = try await Self.close(person, host)
          #expect(run.status == 0, "\(run)")
          #expect(try await Self.mode(host) == "drwx------")
        }
      }
    }
  }

  @Test("a byte that was changed here is noticed before any host is reached")
  func tampered() async throws {
    try await Operator.with { person in
      let host = try await Lab.host(.debian)
      try await Self.local(person)
      try await person.shell(
        "sed -i s/already/Already/ .local/share/ssh-recipes/repositories/example/*/recipes/lib/words.lua")
      let before = try await host.snapshot()
      let run = try await Self.close(person, host)
      #expect(run.status == 6, "\(run)")
      #expect(run.stderr.hasPrefix("error: the repository \"example\" was changed on this computer: "))
      #expect(try await host.changed(since: before) == [])
      #expect(
        try await host.root(
          "grep -c 'Accepted' /var/log/auth.log 2>/dev/null || journalctl -q | grep -c Accepted || true") == "0")
      #expect(try await person.recipes("repo", "install", "--locked").status == 0)
      #expect(try await Self.close(person, host).status == 0)
    }
  }

  /// A repository in the person's home, `~/src`, that they have added.
  private static func local(_ person: Operator) async throws {
    try await person.shell(
      "cp -R '\(example)' src && cd src && export \(identity) && git init -q && git add -A && git commit -q -m x")
    let added = try await person.recipes("repo", "add", "./src")
    #expect(added.status == 0, "\(added)")
  }

  private static func atTerminal(
    _ person: Operator, _ dialog: [[String]], _ arguments: String...
  ) async throws -> PersonTests.Session {
    let script = String(decoding: try JSONEncoder().encode(dialog), as: UTF8.self)
    let run = try await person.run(
      ["python3", Lab.root + "/Tests/Lab/person.py", script, Lab.binary] + arguments)
    #expect(run.stderr == "")
    return try JSONDecoder().decode(PersonTests.Session.self, from: Data(run.stdout.utf8))
  }

  @Test("a person is asked before an update is taken, and Return takes none that asks for more")
  func asked() async throws {
    try await Operator.with { person in
      try await Self.local(person)
      let lock = try person.read(".config/ssh-recipes/repositories.lock")
      try await person.shell(
        "cd src && export \(Self.identity) && sed -i 's/needs = { /needs = { \"root\", /' recipes/close_home.lua && git commit -qam y"
      )
      let question = "Pin it anyway: recipes gain permissions? [y/N] "
      let no = try await Self.atTerminal(person, [[question, "\n"]], "repo", "update", "--yes")
      #expect(no.status == 5 && no.unasked == [], "\(no.screen)")
      #expect(try person.read(".config/ssh-recipes/repositories.lock") == lock)
      let yes = try await Self.atTerminal(person, [[question, "y\n"]], "repo", "update")
      #expect(yes.status == 0 && yes.unasked == [], "\(yes.screen)")
      try await person.shell(
        "cd src && export \(Self.identity) && echo '-- new' >>recipes/lib/words.lua && git commit -qam z")
      let ordinary = try await Self.atTerminal(person, [["Pin it? [Y/n] ", "\n"]], "repo", "update", "example")
      #expect(ordinary.status == 0 && ordinary.unasked == [], "\(ordinary.screen)")
    }
  }
}
