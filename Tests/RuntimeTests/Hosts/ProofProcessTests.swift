import Subprocess
import Testing

@testable import Hosts

/// Start-up files around a proof's command, in a shell in place of `ssh`.
@Suite struct ProofProcessTests {
  private static func run(_ script: String) async -> (end: ShellEnd, printed: [UInt8]) {
    let shell = Configuration(executable: .path("/bin/sh"), arguments: ["-c", script])
    return await ProofProcess(nonce: "nonce").run(shell) { true }
  }

  private static func isProved(_ script: String) async -> Bool {
    String(decoding: await run(script).printed, as: UTF8.self).contains("nonce")
  }

  @Test func `any amount of output before and after the command does not hide the proof`() async {
    #expect(await Self.isProved("head -c 3000000 /dev/zero; echo nonce"))
    #expect(await Self.isProved("echo nonce; head -c 3000000 /dev/zero"))
    #expect(await Self.isProved("head -c 3000000 /dev/zero >&2; echo nonce"))
  }

  @Test func `a session that stays open after the proof is ended`() async {
    let (end, printed) = await Self.run("echo nonce; exec sleep 100")
    #expect(end.status == 143)
    #expect(String(decoding: printed, as: UTF8.self) == "nonce\n")
  }

  @Test func `a login without the proof ends with its status and its words`() async {
    let (end, printed) = await Self.run("echo no; echo err >&2; exit 3")
    #expect(end.status == 3 && end.noise == "no\nerr\n" && printed == Array("no\n".utf8))
  }
}
