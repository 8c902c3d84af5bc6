import Foundation
import Testing

@testable import Hosts

@Suite struct FramedShellTests {
  static let everyByte = (0...255).map { UInt8($0) }

  @Test("a script's status, output and errors come back apart", arguments: LocalShells.all)
  func comesBackApart(name: String) async throws {
    let shell = LocalShells.shell(name)
    let output = try await shell.run(Script("t", "printf out; printf err >&2; exit 7"))
    #expect(output == Output(status: 7, stdout: Array("out".utf8), stderr: Array("err".utf8)))
    let next = try await shell.run(Script("t", "echo next"))
    #expect(next == Output(stdout: Array("next\n".utf8)))
    await shell.close()
  }

  @Test("every byte goes in as input and comes out again", arguments: LocalShells.all)
  func everyByteBothWays(name: String) async throws {
    let shell = LocalShells.shell(name)
    let input = Self.everyByte + Self.everyByte.reversed()
    let output = try await shell.run(Script("t", "cat", input: input))
    #expect(output == Output(stdout: input))
    await shell.close()
  }

  @Test("a megabyte of noise goes in and comes out again", arguments: LocalShells.all)
  func megabyte(name: String) async throws {
    let shell = LocalShells.shell(name)
    let input = (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
    let output = try await shell.run(Script("t", "cat; echo done >&2", input: input))
    #expect(output.stdout == input)
    #expect(output.errorText == "done")
    await shell.close()
  }

  @Test("arguments arrive as they are", arguments: LocalShells.all)
  func argumentsArrive(name: String) async throws {
    let shell = LocalShells.shell(name)
    let words = [
      "", "-n", "a b", "it's", "$HOME `id` \\n", "line\nbreak\n", "é\u{81}€😀", "*", "\"", "!", "#x", "~",
    ]
    let script = Script("t", #"for word in "$@"; do printf '<%s>' "$word"; done; printf %s $#"#, words)
    let output = try await shell.run(script)
    #expect(output.text == words.map { "<\($0)>" }.joined() + "\(words.count)")
    await shell.close()
  }

  @Test("a script that leaves early does not wait for its input", arguments: LocalShells.all)
  func leavesEarly(name: String) async throws {
    let shell = LocalShells.shell(name)
    let input = [UInt8](repeating: 0x61, count: 300_000)
    #expect(try await shell.run(Script("t", "exit 3", input: input)) == Output(status: 3))
    #expect(try await shell.run(Script("t", "echo on")).text == "on")
    await shell.close()
  }

  @Test(
    "a script cannot break out of its frame",
    arguments: LocalShells.all, ["'", ")", "}", "if", "\"", "exit 9", "exec true", "set -e; false", "$("])
  func cannotBreakOut(name: String, text: String) async throws {
    let shell = LocalShells.shell(name)
    _ = try await shell.run(Script("t", text))
    #expect(try await shell.run(Script("t", "echo on")).text == "on")
    await shell.close()
  }

  @Test("a script finds nothing to read", arguments: LocalShells.all)
  func findsNothingToRead(name: String) async throws {
    let shell = LocalShells.shell(name)
    async let first = shell.run(Script("t", "cat; read x; echo \"$?\""))
    async let second = shell.run(Script("t", "echo second"))
    let outputs = try await [first.text, second.text]
    #expect(outputs == ["1", "second"])
    await shell.close()
  }

  @Test("output beyond the limit is counted and dropped", arguments: LocalShells.all)
  func limit(name: String) async throws {
    let shell = LocalShells.shell(name)
    let script = Script("t", "i=0; while [ $i -lt 1000 ]; do echo 123456789; i=$((i+1)); done", outputLimit: 25)
    let output = try await shell.run(script)
    #expect(output == Output(stdout: Array("123456789\n123456789\n12345".utf8), dropped: 9975))
    await shell.close()
  }

  @Test("the locale is C and sbin is on the path", arguments: LocalShells.all)
  func surroundings(name: String) async throws {
    let shell = LocalShells.shell(name)
    let output = try await shell.run(Script("t", #"echo "$LC_ALL"; case :$PATH: in *:/usr/sbin:*) echo sbin; esac"#))
    #expect(output.text == "C\nsbin")
    await shell.close()
  }

  @Test("HOME is that of the account database, unless the launch names one", arguments: LocalShells.all)
  func home(name: String) async throws {
    let launch = LocalShells.launch(name)
    for moved in ["HOME=/srv/work", "HOME="] {
      var elsewhere = launch
      elsewhere.executable = .name("env")
      elsewhere.arguments = [moved, "LOGNAME=nobody", "\(launch.executable)"] + launch.arguments
      let shell = FramedShell(elsewhere, owner: LocalTransport.owner)
      #expect(try await shell.run(Script("t", #"printf %s "$HOME""#)).text == Effective.home)
      await shell.close()
    }
    var given = launch
    given.environment["HOME"] = "/srv/work"
    let shell = FramedShell(given, owner: LocalTransport.owner)
    #expect(try await shell.run(Script("t", #"printf %s "$HOME""#)).text == "/srv/work")
    await shell.close()
  }

  @Test("a shell that is recorded on a terminal works all the same", arguments: ["sh"])
  func terminal(name: String) async throws {
    let shell = FramedShell(
      ShellLaunch(executable: .name("script"), arguments: ["-qec", "exec \(name)", "/dev/null"]),
      owner: LocalTransport.owner)
    let long = String(repeating: "x", count: 20_000)
    let first = try await shell.run(
      Script("t", "printf '%s|' \"$1\"; cat; echo err >&2; exit 3", [long], input: Self.everyByte))
    #expect(first == Output(status: 3, stdout: Array("\(long)|".utf8) + Self.everyByte, stderr: Array("err\n".utf8)))
    #expect(try await shell.run(Script("t", "id -u")).text == "\(getuid())")
    await shell.close()
  }

  @Test("a script that takes too long is ended with all its children", arguments: LocalShells.all)
  func timeout(name: String) async throws {
    let shell = LocalShells.shell(name)
    // A number that no other test sleeps for.
    let seconds = "\(Int.random(in: 100_000...999_999))"
    let text = #"sh -c 'trap "" TERM; sleep "$1" & wait; sleep "$1"' sh "$1" & sleep "$1"; wait"#
    await #expect(throws: HostError.timedOut(script: "slow", after: .milliseconds(300))) {
      try await shell.run(Script("slow", text, [seconds], timeout: .milliseconds(300)))
    }
    let left = try await shell.run(Script("t", #"ps -A -o args | grep "^sleep $1" | cat"#, [seconds]))
    #expect(left.text == "")
    await shell.close()
  }

  @Test("a cancelled script is ended, and the shell goes on", arguments: LocalShells.all)
  func cancellation(name: String) async throws {
    let shell = LocalShells.shell(name)
    _ = try await shell.run(Script("t", "true"))
    let begun = FileManager.default.temporaryDirectory.appending(path: "begun-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: begun) }
    let running = Task { try await shell.run(Script("slow", "echo $$ >&2; : >\"$1\"; sleep 3040", [begun])) }
    try #require(await becomesTrue { FileManager.default.fileExists(atPath: begun) })
    running.cancel()
    await #expect(throws: HostError.cancelled) { try await running.value }
    #expect(try await shell.run(Script("t", "echo on")).text == "on")
    await shell.close()
  }

  @Test("the next in line is not hit by the cancellation of the one before", arguments: ["sh"])
  func cancellationHitsOne(name: String) async throws {
    let shell = LocalShells.shell(name)
    // Before its first answer, a shell that is cancelled is ended.
    _ = try await shell.run(Script("t", "true"))
    for _ in 0..<50 {
      let first = Task { try await shell.run(Script("t", "true")) }
      let second = Task { try await shell.run(Script("t", "echo second")) }
      first.cancel()
      _ = try? await first.value
      #expect(try await second.value.text == "second")
    }
    await shell.close()
  }

  @Test("nothing is left after close, whatever ran", arguments: LocalShells.all)
  func close(name: String) async throws {
    let shell = LocalShells.shell(name)
    _ = try await shell.run(Script("t", "true"))
    let process = try #require(await shell.shellProcess)
    #expect(FileSystem.isAlive(process))
    await shell.close()
    #expect(!FileSystem.isAlive(process))
    await #expect(throws: HostError.self) { try await shell.run(Script("t", "true")) }
    await shell.close()
  }

  @Test("a shell that dies under a script is a lost connection", arguments: LocalShells.all)
  func dies(name: String) async throws {
    let shell = LocalShells.shell(name)
    let error = await #expect(throws: HostError.self) { try await shell.run(Script("t", "kill -9 $$; sleep 5")) }
    guard case .connectionLost = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    await shell.close()
  }

  @Test("a shell that cannot be started says so")
  func cannotStart() async throws {
    let shell = FramedShell(
      ShellLaunch(executable: .name("no-such-shell-here"), arguments: []), owner: LocalTransport.owner)
    let error = await #expect(throws: HostError.self) { try await shell.run(Script("t", "true")) }
    guard case .client = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("a message of the day and a noisy profile do not count")
  func noise() async throws {
    let noisy = "echo Welcome; echo grumble >&2; printf unfinished; exec sh"
    let shell = FramedShell(
      ShellLaunch(executable: .name("sh"), arguments: ["-c", noisy]), owner: LocalTransport.owner)
    #expect(try await shell.run(Script("t", "echo mine")) == Output(stdout: Array("mine\n".utf8)))
    await shell.close()
  }

  @Test("an echo of what was sent is no frame")
  func echo() async throws {
    let shell = FramedShell(
      ShellLaunch(executable: .name("sh"), arguments: ["-c", "tee /dev/stderr | sh"]), owner: LocalTransport.owner)
    #expect(try await shell.run(Script("t", "echo mine")).stdout == Array("mine\n".utf8))
    await shell.close()
  }

  @Test("standard error keeps apart where both streams are one", arguments: LocalShells.all)
  func merged(name: String) async throws {
    var launch = LocalShells.launch(name)
    launch.streams = .merged
    let shell = FramedShell(launch, owner: LocalTransport.owner)
    let script = Script("t", "cat; printf 'e%s\\n' \"$1\" >&2; echo x; exit 5", ["1"], input: Self.everyByte)
    let output = try await shell.run(script)
    #expect(output == Output(status: 5, stdout: Self.everyByte + [0x78, 0x0A], stderr: Array("e1\n".utf8)))
    #expect(try await shell.run(Script("t", "echo on")) == Output(stdout: Array("on\n".utf8)))
    await shell.close()
  }
}
