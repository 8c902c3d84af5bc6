import Testing

@testable import Contract
@testable import Diagnosis
@testable import Hosts
@testable import Primitives
@testable import Values

@Suite struct RunCommandTests {
  @Test("run returns status and streams", arguments: ShellHost.shells)
  func streams(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    let done = try await pi.call(
      .run, ["command": .string("cat; echo oops >&2; exit 3"), "input": .string("in\n"), "check": .boolean(false)])
    #expect(done.changed == true)
    #expect(done["status"] == .integer(3))
    #expect(done["stdout"] == .string("in"))
    #expect(done["stderr"] == .string("oops"))
  }

  @Test("a status other than 0 is a failure with the evidence")
  func failing() async throws {
    let failure = try await ShellHost().failure(.run, ["command": .string("echo why >&2; exit 7")])
    #expect(failure.kind == .exit)
    #expect(failure.status == 7)
    #expect(failure.stderr == "why")
    #expect(failure.message == "\"echo why >&2; exit 7\" ended with status 7")
  }

  @Test("a syntax error is the command's, and is told")
  func syntax() async throws {
    let failure = try await ShellHost().failure(.run, ["command": .string("if")])
    #expect(failure.kind == .exit)
    #expect(failure.status == 2)
  }

  @Test("what is made already is not made again, and a plan makes nothing")
  func creates() async throws {
    let pi = try ShellHost()
    let arguments: [String: LuaValue] = ["command": .string("touch ~/made"), "creates": .string("~/made")]
    #expect(try await pi.call(.run, arguments, plan: true)["planned"] == .boolean(true))
    #expect(!pi.exists("made"))
    let fresh = try ShellHost()
    #expect(try await fresh.call(.run, arguments).changed == true)
    #expect(try await fresh.call(.run, arguments).changed == false)
  }

  @Test("a command that does not make what it promised has failed")
  func brokenPromise() async throws {
    let pi = try ShellHost()
    let arguments: [String: LuaValue] = ["command": .string("true"), "creates": .string("~/made")]
    await #expect(throws: WriteError.self) { try await pi.call(.run, arguments) }
  }

  @Test("a command that only reads runs in a plan, and counts as no change")
  func reads() async throws {
    let pi = try ShellHost()
    let done = try await pi.call(.run, ["command": .string("echo hi"), "reads": .boolean(true)], plan: true)
    #expect(done.changed == nil)
    #expect(done["stdout"] == .string("hi"))
    #expect(done["changed"] == .boolean(false))
  }

  @Test("facts tell who and where we are")
  func knows() async throws {
    let pi = try ShellHost()
    let facts = try await pi.call(.facts)
    #expect(facts["home"] == .string(pi.home))
    #expect(facts["system"] == .string("Linux"))
    #expect(facts["home_exists"] == .boolean(true))
  }

  @Test("wait_for sees a path, a command, a port, and gives up in time", arguments: ShellHost.shells)
  func waiting(shell: [String]) async throws {
    let pi = try ShellHost(shell: shell)
    #expect(try await pi.call(.waitFor, ["path": .string("~")])["ok"] == .boolean(true))
    #expect(try await pi.call(.waitFor, ["command": .string("true")])["ok"] == .boolean(true))
    let short: [String: LuaValue] = ["timeout": .number(0.05), "every": .number(0.01)]
    let failure = try await pi.failure(.waitFor, short.merging(["path": .string("~/x")]) { $1 })
    #expect(failure.kind == .timeout)
    #expect(try await pi.failure(.waitFor, short.merging(["port": .integer(1)]) { $1 }).kind == .timeout)
    #expect(try await pi.failure(.waitFor, ["path": .string("~"), "port": .integer(22)]).kind == .argument)
  }

  @Test("a recipe that may not run commands may not wait for one either")
  func permission() async throws {
    let pi = try ShellHost(services: TestServices(granted: [.files]))
    #expect(try await pi.failure(.waitFor, ["command": .string("true")]).kind == .permission)
  }
}
