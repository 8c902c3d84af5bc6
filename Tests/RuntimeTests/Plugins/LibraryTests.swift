import Foundation
import Subprocess
import Testing

@testable import Diagnosis
@testable import Runs

/// The bundled primitives that need no system: planned, run, run again, undone.
@Suite struct LibraryTests {
  struct Case: Sendable {
    var name: String
    /// Files beside the recipe, by name.
    var files: [String: String] = [:]
    /// A script that makes more.
    var before = "true"
    /// Lua; `DIR` is the folder.
    var call: String
    /// What must hold after the run, in the folder.
    var holds: String
  }

  static let cases: [Case] = [
    Case(
      name: "line", files: ["hosts": "one\ntwo\n"], call: "here:line { 'DIR/hosts', 'three', after = '^one' }",
      holds: "[ \"$(cat hosts)\" = \"$(printf 'one\\nthree\\ntwo')\" ]"),
    Case(
      name: "line", files: ["hosts": "a = 1\r\nb = 2\r\n"],
      call: "here:line { 'DIR/hosts', 'a = 3', match = '^a%s*=' }",
      holds: "[ \"$(cat hosts | od -c)\" = \"$(printf 'a = 3\\r\\nb = 2\\r\\n' | od -c)\" ]"),
    Case(
      name: "line", files: ["mixed": "one\r\ntwo\nthree"], call: "here:line { 'DIR/mixed', 'four' }",
      holds: "[ \"$(od -c mixed)\" = \"$(printf 'one\\r\\ntwo\\nthree\\nfour\\n' | od -c)\" ]"),
    Case(
      name: "block", files: ["hosts": "one\r\ntwo\r\n"], call: "here:block { 'DIR/hosts', 'a\\nb', name = 'x' }",
      holds:
        "[ \"$(od -c hosts)\" = \"$(printf 'one\\r\\ntwo\\r\\n# begin x\\r\\na\\r\\nb\\r\\n# end x\\r\\n' | od -c)\" ]"),
    Case(
      name: "line", files: ["hosts": "one\ntwo\n"], call: "here:line { 'DIR/hosts', 'two', state = 'absent' }",
      holds: "[ \"$(cat hosts)\" = one ]"),
    Case(
      name: "line", call: "here:line { 'DIR/new', 'one', create = true, mode = '600' }",
      holds: "[ \"$(cat new)\" = one ] && [ -n \"$(find new -perm 600)\" ]"),
    Case(
      name: "block", files: ["hosts": "one\ntwo"], call: "here:block { 'DIR/hosts', 'a\\nb', before = '^two' }",
      holds: "[ \"$(cat hosts)\" = \"$(printf 'one\\n# begin ssh-recipes\\na\\nb\\n# end ssh-recipes\\ntwo')\" ]"),
    Case(
      name: "block", files: ["hosts": "one\n# begin x\nold\n# end x\ntwo\n"],
      call: "here:block { 'DIR/hosts', '', name = 'x' }", holds: "[ \"$(cat hosts)\" = \"$(printf 'one\\ntwo')\" ]"),
    Case(
      name: "template", files: ["from": "{{ name }} is {{age}}, {{name}}.\n"],
      call: "here:template { 'DIR/to', from = 'DIR/from', values = { name = 'Ada', age = 36 } }",
      holds: "[ \"$(cat to)\" = 'Ada is 36, Ada.' ]"),
    Case(
      name: "known_host", files: ["known": "tv,nas ssh-rsa AAAAB3\n"],
      call: "here:known_host { 'nas', 'ssh-ed25519 AAAAC3 nas', path = 'DIR/known' }",
      holds: "[ \"$(tail -n 1 known)\" = 'nas ssh-ed25519 AAAAC3' ] && [ \"$(wc -l <known)\" -eq 2 ]"),
    Case(
      name: "known_host", files: ["known": "tv,nas ssh-rsa AAAAB3\npi ssh-rsa AAAAB3\n"],
      call: "here:known_host { 'nas', state = 'absent', path = 'DIR/known' }",
      holds: "[ \"$(cat known)\" = 'pi ssh-rsa AAAAB3' ]"),
    Case(
      name: "ssh_config", files: ["config": "Host *\n  User x\n"],
      call: "here:ssh_config { 'nas', { User = 'ada', Compression = true }, path = 'DIR/config' }",
      holds:
        "[ \"$(ssh -G -F config nas | grep '^user ')\" = 'user ada' ] && ssh -G -F config nas | grep -q 'compression yes'"
    ),
    Case(
      name: "archive", before: "mkdir top && echo hello >top/file && tar -czf a.tar.gz top && rm -r top",
      call: "here:archive { 'DIR/a.tar.gz', 'DIR/made', strip = 1 }", holds: "[ \"$(cat made/file)\" = hello ]"),
    Case(
      name: "git",
      before: "git init -q -b main repo && cd repo && git config user.email a@b && git config user.name a "
        + "&& echo 1 >file && git add . && git commit -qm one && git tag v1 && echo 2 >file && git commit -qam two",
      call: "here:git { 'DIR/repo', 'DIR/made', ref = 'v1' }", holds: "[ \"$(cat made/file)\" = 1 ]"),
  ]

  @Test(arguments: cases.indices) func `plans, runs, changes nothing again, and is undone`(index: Int) async throws {
    let test = Self.cases[index]
    try await Scene.with { scene in
      for (name, text) in test.files { try scene.write(name, text, mode: 0o644) }
      let made = try await Self.shell("cd '\(scene.folder)' && { \(test.before); }")
      #expect(made.status == 0)
      let call = test.call.replacing("DIR", with: scene.folder)
      func play(isPlan: Bool = false) async -> Scene.Played {
        await scene.run(call, needs: "\"files\", \"run\"", isPlan: isPlan, primitives: [:])
      }
      let before = try await Self.tree(scene)
      let plan = await play(isPlan: true)
      #expect(plan.report?.outcome == .pending, "\(plan)")
      #expect(try await Self.tree(scene) == before)
      let first = await play()
      #expect(first.report?.outcome == .applied, "\(first)")
      #expect(first.report?.tally.changed == 1)
      #expect(try await Self.shell("cd '\(scene.folder)' && \(test.holds)").status == 0, "\(first)")
      let second = await play()
      #expect(second.report?.outcome == .unchanged, "\(second)")
      let undone = try await scene.undo()
      #expect(undone.report?.failures == [], "\(undone)")
      #expect(try await Self.tree(scene) == before, "\(undone)")
    }
  }

  private static func tree(_ scene: Scene) async throws -> String {
    let find = "find . ! -path './journals*' ! -path './.ssh-recipes*'"
    return try await shell(
      "cd '\(scene.folder)' && { \(find) -type f -exec cksum {} + | sort -k 3; \(find) -type d | sort; }"
    ).text
  }

  private static func shell(_ script: String) async throws -> (status: Int32, text: String) {
    let result = try await Subprocess.run(
      .path("/bin/sh"), arguments: ["-c", script], output: .string(limit: 1 << 20), error: .discarded)
    guard case .exited(let status) = result.terminationStatus else { return (128, "") }
    return (status, result.standardOutput)
  }

  /// Wrong arguments, each with its message.
  static let mistakes: [(call: String, message: String)] = [
    (
      "here:template { 'DIR/x', text = '{{name}}', values = {} }",
      "the text has a place for \"name\", which has no value"
    ),
    ("here:template { 'DIR/x', text = '', values = { a = 1 } }", "the text has no place for the value \"a\""),
    ("here:line { 'DIR/none', 'a\\rb' }", "a line has no line end inside"),
    ("here:line { 'DIR/none', 'a', match = '[' }", "\"[\" is no Lua pattern: malformed pattern (missing ']')"),
    ("here:block { 'DIR/none', 'a\\n# end ssh-recipes' }", "the block has its own mark \"# end ssh-recipes\" inside"),
    (
      "here:cron { 'a', at = '99 * * * *', command = 'x' }",
      "\"99 * * * *\" is no time for cron; expected five fields, or one such as @daily"
    ),
    (
      "here:cron { 'a', at = '@dayly', command = 'x' }",
      "\"@dayly\" is no time for cron; expected five fields, or one such as @daily"
    ),
    ("here:account { 'a', comment = 'x:y' }", "the comment of an account has no colon and no line end"),
    ("here:account { 'a', expires = '2027-02-29' }", "\"2027-02-29\" is no day of the calendar"),
    ("here:account { 'a', uid = -1 }", "-1 is no number of an account"),
    ("here:group { 'a', gid = -1 }", "-1 is no number of a group"),
    ("here:line('DIR/none', 'x')", "there is no file DIR/none"),
    ("here:block('DIR/none', 'x')", "there is no file DIR/none"),
    ("here:archive('DIR/none', 'DIR/x')", "there is no archive DIR/none"),
    ("here:service '-x'", "\"-x\" is no name of a service"),
    ("here:package { '-x' }", "\"-x\" is no name of a package"),
    ("here:account { 'a:b' }", "\"a:b\" is no name of an account"),
    (
      "here:download { 'file:///etc/passwd', 'DIR/x', sha256 = ('0'):rep(64) }",
      "\"file:///etc/passwd\" is no address of a file on the web"
    ),
    ("here:download { 'https://a/b', 'DIR/x', sha256 = '00' }", "\"00\" is no SHA-256; expected 64 hexadecimal digits"),
    (
      "here:cron { 'a', at = '1 2', command = 'x' }",
      "\"1 2\" is no time for cron; expected five fields, or one such as @daily"
    ),
    (
      "here:git { 'https://a:b@c/d', 'DIR/x', ref = 'v1' }",
      "the address has a password in it, which would end up in files and logs"
    ),
    ("here:hostname 'a.b'", "\"a.b\" is no name of a host; expected letters, digits and -"),
  ]

  @Test(arguments: mistakes.indices) func `a wrong argument is one clear message before anything is changed`(
    index: Int
  ) async throws {
    let mistake = Self.mistakes[index]
    try await Scene.with { scene in
      let before = try await Self.tree(scene)
      let played = await scene.run(
        mistake.call.replacing("DIR", with: scene.folder), needs: "\"files\", \"run\", \"root\"", primitives: [:])
      #expect(
        played.report?.failures.map(\.message) == [mistake.message.replacing("DIR", with: scene.folder)], "\(played)")
      #expect(try await Self.tree(scene) == before)
    }
  }

  @Test func `a download is held to its checksum`() async throws {
    try await Scene.with { scene in
      try scene.write("page", "hello\n", mode: 0o644)
      let port = Int.random(in: 20000...30000)
      let server = try await Self.shell(
        "cd '\(scene.folder)' && { python3 -m http.server --bind 127.0.0.1 \(port) </dev/null >/dev/null 2>&1 & echo $!; }"
      ).text.trimmingCharacters(in: .whitespacesAndNewlines)
      // Never waits for the server: it ends with this signal.
      defer { if let process = Int32(server) { kill(process, SIGTERM) } }
      let url = "http://127.0.0.1:\(port)/page"
      _ = try await Self.shell(
        "i=0; until curl -sf \(url) >/dev/null || [ $i = 100 ]; do sleep 0.1; i=$((i + 1)); done")
      let sum = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"
      let call = "here:download { '\(url)', '\(scene.folder)/got', sha256 = '\(sum)' }"
      func play(_ call: String) async -> Scene.Played {
        await scene.run(call, needs: "\"files\", \"run\"", primitives: [:])
      }
      let wrong = await play(call.replacing(sum, with: String(repeating: "0", count: 64)))
      #expect(wrong.report?.failures.map(\.message) == ["the file at \(url) has another checksum"], "\(wrong)")
      #expect(!FileManager.default.fileExists(atPath: scene.path("got")))
      let first = await play(call)
      #expect(first.report?.outcome == .applied, "\(first)")
      #expect(try String(contentsOfFile: scene.path("got"), encoding: .utf8) == "hello\n")
      let second = await play(call)
      #expect(second.report?.outcome == .unchanged)
      let undone = try await scene.undo()
      #expect(undone.report?.failures == [])
      #expect(!FileManager.default.fileExists(atPath: scene.path("got")))
    }
  }
}
