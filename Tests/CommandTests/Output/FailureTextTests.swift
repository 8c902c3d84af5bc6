import Testing

@testable import Diagnosis
@testable import ssh_recipes

@Suite("A failure as text")
struct FailureTextTests {
  @Test("says what was tried, where, what came back, what it means and what to do")
  func whole() {
    #expect(
      FailureText.lines(Samples.refused) == [
        "error: pi@192.168.1.20: the server refused the key",
        "  step    Log in with the key alone (raspi_passwordless.lua:27)",
        "  cause   /home/pi is writable by its group, so sshd ignores the keys in it (StrictModes)",
        "  seen    drwxrwxr-x pi pi /home/pi; sshd: Authentication refused: bad ownership or modes for directory /home/pi",
        "  fix     ssh-recipes run raspi_passwordless pi@192.168.1.20   or   chmod g-w /home/pi",
      ])
  }

  @Test("gives each item a line where they do not fit into one")
  func long() {
    let long = String(repeating: "x", count: 80)
    let failure = Failure(.failed, "it failed", fix: [long, long])
    #expect(FailureText.lines(failure) == ["error: it failed", "  fix     \(long)", "          \(long)"])
  }

  @Test("shows the beginning and the end of evidence without end")
  func manyLines() {
    let lines = FailureText.lines(Failure(.failed, "it failed", seen: (1...2000).map { "line \($0)" }))
    #expect(lines.count == 22 && lines[11] == "          … 1980 lines more …")
    #expect(lines[1] == "  seen    line 1" && lines.last == "          line 2000")
  }

  @Test("says \"or\" once between two fixes")
  func alternatives() {
    let failure = Failure(.failed, "it failed", fix: ["do this", "or do that"])
    #expect(FailureText.lines(failure) == ["error: it failed", "  fix     do this   or   do that"])
  }

  @Test("shows the end of standard error and the status where nothing better was seen")
  func standardError() {
    let failure = Failure(.exit, "the command failed", status: 2, stderr: "one\ntwo\nthree\nfour\n")
    #expect(
      FailureText.lines(failure) == [
        "error: the command failed", "  seen    two; three; four; exit status 2",
      ])
  }

  @Test("never lets a host write to the terminal raw")
  func escapes() {
    let failure = Failure(.failed, "bad\u{1B}[2Jname", seen: ["a\rb", "\u{202E}c"])
    #expect(FailureText.lines(failure) == [#"error: bad\x1b[2Jname"#, #"  seen    a\rb; \u{202e}c"#])
  }

  @Test("tells the recipe's frames when asked for more")
  func verbose() {
    var failure = Failure(.recipe, "attempt to index a nil value", stderr: "x")
    failure.traceback = ["demo.lua:7 in each", "demo.lua:9"]
    #expect(
      FailureText.lines(failure, verbose: true) == [
        "error: attempt to index a nil value", "  seen    x", "  stderr  x",
        "  at      demo.lua:7 in each < demo.lua:9",
      ])
  }

  @Test("names the gate that stopped a change of sshd's configuration")
  func gate() {
    let failure = Failure(.rehearsal, "nobody got in").at(.rehearsal).at(.proof)
    #expect(FailureText.lines(failure) == ["error: nobody got in", "  gate    rehearsal"])
  }
}
