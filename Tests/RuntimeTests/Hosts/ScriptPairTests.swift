import Testing

@testable import Hosts

/// Two scripts in one round trip, and the script after which a shell ends.
@Suite struct ScriptPairTests {
  private func parts(
    _ name: String, _ first: Script, _ second: Script
  ) async throws -> (first: Output, second: Output) {
    let shell = LocalShells.shell(name)
    let pair = ScriptPair(first, second)
    let parts = pair.parts(of: try await shell.run(pair.script))
    #expect(try await shell.run(Script("t", "echo on")).text == "on")
    await shell.close()
    return parts
  }

  @Test("each script has its own arguments and output", arguments: LocalShells.all)
  func eachItsOwn(name: String) async throws {
    let first = Script("t", "a=$1; shift; printf '%s.' \"$a\" \"$@\"; cat", ["it's", "$b"], input: Array("in\n".utf8))
    let second = Script("t", "printf '<%s>' \"$@\" \"${a-none}\"; exit 3", ["", "a 'b'", "new\nline"])
    let (one, other) = try await parts(name, first, second)
    #expect(one == Output(stdout: Array("it's.$b.in\n".utf8)))
    #expect(other.stdout == Array("<><a 'b'><new\nline><none>".utf8))
  }

  @Test("the second script is left out after a failure of the first", arguments: LocalShells.all)
  func leftOut(name: String) async throws {
    let first = Script("t", "trap 'printf end' EXIT; printf one; exit 91")
    let (one, other) = try await parts(name, first, Script("t", "echo other; echo other >&2"))
    #expect(one == Output(status: 91, stdout: Array("oneend".utf8)))
    #expect(other == Output(status: 91))
  }

  @Test("no end of the second script takes back the success of the first", arguments: LocalShells.all)
  func keepsSuccess(name: String) async throws {
    for end in ["exit 5", "false", "nonexistent-command", "kill -0 0 2"] {
      let (one, _) = try await parts(name, Script("t", "echo one"), Script("t", end))
      #expect(one.status == 0 && one.text == "one", "\(end)")
    }
  }

  @Test("a shell answers its last script, does its work at the end, and ends by itself", arguments: LocalShells.all)
  func ends(name: String) async throws {
    let shell = LocalShells.shell(name)
    var first = Script("t", "echo first")
    first.atExit = "echo gone >&2\n"
    #expect(try await shell.run(first).text == "first")
    var last = Script("t", "echo last; exit 4")
    last.endsShell = true
    #expect(try await shell.run(last) == Output(status: 4, stdout: Array("last\n".utf8)))
    await shell.process?.value
    #expect(await shell.isEnded)
    #expect(await String(decoding: shell.noise, as: UTF8.self).contains("gone"))
    await shell.close()
  }
}
