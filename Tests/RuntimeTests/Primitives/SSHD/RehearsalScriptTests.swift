import Foundation
import Scripts
import Testing

@testable import Hosts
@testable import LoginSafety

/// A rehearsal with something in sshd's place that takes its time; the lab has the real one.
@Suite struct RehearsalScriptTests {
  private struct Stage {
    let pi: ShellHost
    var folder: String { pi.home + "/stage" }

    /// - Parameter sshd: what it does when it is to listen (`-D`), and when it is to serve two pipes (`-i`).
    init(shell: [String], listening: String = "exit 0", serving: String = "exec cat") throws {
      pi = try ShellHost(shell: shell)
      try pi.put(
        "sshd",
        """
        #!/bin/sh
        case " $* " in
          *" -T "*) echo 'listenaddress 192.0.2.1:22' ;;
          *" -D "*) \(listening) ;;
          *" -i "*) \(serving) ;;
        esac

        """, mode: 0o755)
    }

    func start(listens: Bool = false) async throws -> Output {
      try await pi.reader.query(
        Script(
          "start", ShellScripts.startRehearsal,
          [
            folder, String(getuid()), "600", pi.home + "/sshd", "1", listens ? "listen" : "", "", ShellScripts.rehearse,
            ShellScripts.endProcesses,
          ],
          input: Array("0 ListenAddress 192.0.2.1\n".utf8)))
    }

    func end() async throws -> Output {
      try await pi.reader.query(Script("end", ShellScripts.endRehearsal, [folder]))
    }
  }

  private static let refusal = "Bind to port 22 on 192.0.2.1 failed: Cannot assign requested address."

  @Test(arguments: ShellHost.shells)
  func `an sshd that needs three seconds to say where it cannot listen is heard`(shell: [String]) async throws {
    let stage = try Stage(shell: shell, listening: "sleep 3; echo '\(Self.refusal)' >&2; exec sleep 600")
    #expect(try await stage.start(listens: true) == Output(stdout: Array("bind \(Self.refusal)\n".utf8)))
    #expect(try await stage.end() == Output())
    #expect(!stage.pi.exists("stage"))
  }

  @Test(arguments: ShellHost.shells, ["exec sleep 600", "exit 1"])
  func `an sshd that says nothing about where it listens is not taken for one that does`(
    shell: [String], listening: String
  ) async throws {
    let stage = try Stage(shell: shell, listening: listening)
    let output = try await stage.start(listens: true)
    #expect(output == Output(stdout: Array("bind nothing said\n".utf8)))
    #expect(Rehearsal.isSilent(output.text) && !Rehearsal.isSilent("bind \(Self.refusal)\n"))
    #expect(try await stage.end() == Output())
  }

  @Test(arguments: ShellHost.shells)
  func `once it has begun there is somebody who ends it, and whatever still ends leaves nothing`(
    shell: [String]
  ) async throws {
    for _ in 1...20 {
      let stage = try Stage(shell: shell, serving: "trap 'echo bye >&2; exit 0' TERM; cat >\"$HOME/seen\" & wait")
      #expect(try await stage.start() == Output())
      #expect(try !stage.pi.text("stage/pid").isEmpty)
      #expect(try await stage.end() == Output())
      #expect(!stage.pi.exists("stage"))
    }
  }
}
