import Foundation
import TestSupport
import Testing

@testable import Hosts

/// Logins over the dialer: those of a run, and those of a proof.
@Suite(.enabled(if: LoopbackServer.isPossible && LoopbackServer.askpassProgram != nil)) struct DialedLoginTests {
  private func withServer(_ body: (LoopbackServer) async throws -> Void) async throws {
    let server = try await LoopbackServer()
    defer { server.stop() }
    try server.writeConfig(more: ["CheckHostIP no"])
    try await body(server)
  }

  /// A program in front of the dialer, which counts its starts; in a folder whose name needs quotes.
  private func counting(_ server: LoopbackServer, _ end: String = #"exec "$REAL" "$@""#) throws -> String {
    let folder = server.folder.appending(path: "a b%h'$c\"")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let program = folder.appending(path: "ssh-recipes").path
    let text = """
      #!/bin/sh
      REAL='\(LoopbackServer.askpassProgram ?? "")'
      echo "$SHELL $*" >>'\(server.folder.path)/dialed'
      \(end)
      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: program + ".text"))
    // By a process of its own: one that another test starts meanwhile could keep the file open for writing, and a file
    // that is open for writing does not run.
    _ = try ChildProcess.run("/usr/bin/install", ["-m", "755", program + ".text", program])
    return program
  }

  private func starts(_ server: LoopbackServer) -> [String] {
    let text = (try? String(contentsOf: server.folder.appending(path: "dialed"), encoding: .utf8)) ?? ""
    return text.split(separator: "\n").map(String.init)
  }

  private func login(_ options: OpenSSHOptions, _ host: String = "box", port: Int? = nil) async throws -> Login {
    let person = TestPerson()
    let transport = OpenSSHTransport(
      Target(host: host, port: port), options: options, secrets: person, hostKeys: person, ledger: ConnectionLedger())
    do {
      let login = try await transport.login()
      await transport.close()
      return login
    } catch {
      await transport.close()
      throw error
    }
  }

  @Test func `the logins of a run and of a proof go over the dialer`() async throws {
    try await withServer { server in
      var options = server.options
      options.dialer = Dialer(program: try counting(server))
      #expect(try await login(options).method == "publickey")
      let first = starts(server)
      #expect(first.count == 1)
      #expect(first.first?.hasPrefix("/bin/sh ssh-dialer any 15 yes ") == true)
      #expect(first.first?.hasSuffix("/log 127.0.0.1 \(server.port)") == true)
      let fresh = FreshLogin(options: options, ledger: ConnectionLedger())
      #expect(try await fresh.prove(Target(host: "box"), keyPath: server.folder.path + "/id").isIn)
      #expect(starts(server).count == 2)
      // The user's own login is the user's ssh alone.
      #expect(try await fresh.plainly(Target(host: "box")).isIn)
      #expect(starts(server).count == 2)
    }
  }

  @Test func `an option of the user that needs ssh's own connection has it`() async throws {
    try await withServer { server in
      try server.writeConfig(more: ["CheckHostIP no", "BindAddress 127.0.0.1"])
      var options = server.options
      options.dialer = Dialer(program: try counting(server))
      #expect(try await login(options).method == "publickey")
      #expect(starts(server) == [])
    }
  }

  @Test func `a static program without getent leaves names to ssh`() async throws {
    try await withServer { server in
      try server.writeConfig(more: ["CheckHostIP no", "Host name", "HostName localhost"])
      var options = server.options
      options.dialer = Dialer(program: try counting(server), resolvesNames: false)
      _ = try? await login(options, "name")
      #expect(starts(server) == [])
      #expect(try await login(options).method == "publickey")
      #expect(starts(server).count == 1)
    }
  }

  @Test(arguments: ["exit 3", "echo hello", "kill -9 $$", "sleep 0.1 >/dev/null; exit 0"])
  func `a dialer that does not work is left out from then on`(_ end: String) async throws {
    try await withServer { server in
      var options = server.options
      options.dialer = Dialer(program: try counting(server, end))
      #expect(try await login(options).method == "publickey")
      #expect(try await login(options).method == "publickey")
      #expect(starts(server).count == 1)
      options.dialer = Dialer(program: server.folder.path + "/missing")
      let fresh = FreshLogin(options: options, ledger: ConnectionLedger())
      #expect(try await fresh.prove(Target(host: "box"), keyPath: server.folder.path + "/id").isIn)
    }
  }

  @Test func `a failure is the same error with the dialer and without`() async throws {
    try await withServer { server in
      let (silent, full) = (try TestListener(), try TestListener(.full))
      for (host, port) in [
        ("box", 1), ("box", silent.port), ("box", full.port), ("nowhere.invalid", 22),
      ] {
        if host != "box" { try server.writeConfig(more: ["CheckHostIP no", "Host nowhere.invalid", "HostName %h"]) }
        var errors: [HostError] = []
        for dialer in [nil, Dialer(program: LoopbackServer.askpassProgram ?? "")] {
          var options = server.options
          (options.dialer, options.connectTimeout) = (dialer, .seconds(1))
          do { _ = try await login(options, host, port: port) } catch let error as HostError { errors.append(error) }
        }
        #expect(errors.count == 2)
        #expect(errors.first == errors.last)
      }
    }
  }

  @Test func `of two lines about a dialer, only those of ours are left out`() {
    let user =
      "debug1: Executing proxy dialer command: exec nc -F host 22\nproxy dialer did not pass back a connection\n"
    #expect(DialerLog(Array(user.utf8)).withoutDialer == Array(user.utf8))
    #expect(!DialerLog(Array(user.utf8)).isWithoutAnswer)
    let ours = user.replacing("nc -F host 22", with: "/bin/ssh-recipes ssh-dialer any 15 yes /log host 22")
    #expect(DialerLog(Array(("a\n" + ours + "b\n").utf8)).withoutDialer == Array("a\nb\n".utf8))
    #expect(DialerLog(Array(ours.utf8)).isWithoutAnswer)
  }
}
