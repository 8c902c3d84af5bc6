import Foundation
import Testing

@testable import Hosts
@testable import LoginSafety
@testable import Runs

@Suite struct JournalWriterTests {
  /// What the journal says of an act that ends so: `nil` means that nobody knows whether it was done.
  private func isDone(_ end: (any Error)?) async throws -> Bool? {
    let folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let transport = LocalTransport(secrets: Nobody(), greeting: Reader.greeting(for: []))
    let reader = Reader(host: Host(id: 0, role: "here", target: nil, transport: transport), platforms: [])
    let journal = Journal(runID: "run", folder: .init(folder), recipe: "mine", hosts: [])
    let writer = JournalWriter(writer: Ending(error: end), reader: reader, journal: journal)
    _ = try? await writer.perform(Act(.command(Script("act", ":\n"), creates: [], summary: "act"), as: .login))
    return try #require(try History(folder: folder).run(named: "run").acts.first).isDone
  }

  @Test("an act whose answer was lost may be done, and is neither done nor failed in the journal")
  func lost() async throws {
    #expect(try await isDone(nil) == true)
    #expect(try await isDone(WriteError.changedMeanwhile(path: "/etc/hosts")) == false)
    #expect(try await isDone(HostError.connectionLost("gone")) == nil)
    #expect(try await isDone(HostError.timedOut(script: "act", after: .seconds(1))) == nil)
  }

  @Test("what sshd waits to read is marked as its configuration, wherever it stands")
  func config() async throws {
    let pi = try ShellHost()
    for name in ["a.conf", "b.conf"] { try pi.put(name, "old\n") }
    let journal = Journal(runID: "run", folder: .init(pi.home + "/journal"), recipe: "mine", hosts: [])
    let writer = JournalWriter(writer: Ending(error: nil), reader: pi.reader, journal: journal)
    pi.host.addPendingRestart(PendingRestart(path: pi.home + "/a.conf", before: [1], after: [2]))
    for name in ["a.conf", "b.conf"] { try await writer.remove("\(pi.home)/\(name)") }
    let past = try History(folder: pi.home + "/journal").run(named: "run")
    #expect(past.acts.map(\.recorded.file?.isConfig) == [true, false])
  }

  @Test func `a host that did not move after all is looked for where it was`() throws {
    let pi = try ShellHost()
    let journal = Journal(runID: "run", folder: .init(pi.home + "/journal"), recipe: "mine", hosts: [])
    for (host, port) in [("a", 2222), ("b", 2222), ("b", nil), ("c", 2222), ("c", 2223)] {
      let relocation = port.map { Relocation(port: $0, serverPort: $0, hostKeyName: nil) }
      try journal.write(.moved(host: host, relocation))
    }
    let past = try History(folder: pi.home + "/journal").run(named: "run")
    #expect(past.relocations.mapValues(\.port) == ["a": 2222, "c": 2223])
  }

  private struct Ending: Writer {
    let error: (any Error)?
    func perform(_ act: Act) async throws -> Output {
      if let error { throw error }
      return Output()
    }
    func answer(_ act: Act) async throws -> Output { try await perform(act) }
  }
}
