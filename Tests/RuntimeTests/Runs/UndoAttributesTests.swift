import Foundation
import Testing

@testable import Formats
@testable import Hosts
@testable import Runs
@testable import Values

/// Access control lists and extended attributes, through the journal and back.
@Suite("attributes are restored", .enabled(if: FileSystem.keepsAttributes))
struct UndoAttributesTests {
  private static let original = FileAttributesTests.original

  /// What one act does to a file that has attributes, and what undo makes of it.
  private func afterUndo(
    of act: (_ path: String) -> Act
  ) async throws -> (changed: FileState, back: FileState, image: BeforeImage?) {
    let pi = try ShellHost()
    try pi.put("f", "text\n")
    let path = pi.home + "/f"
    let apply = ApplyWriter(host: pi.host, runID: UUID().uuidString)
    try await apply.perform(Act(.setAttributes(path: path, Self.original)))
    let journal = Journal(runID: "run", folder: .init(pi.home + "/journal"), recipe: "mine", hosts: [])
    let writer = JournalWriter(writer: apply, reader: pi.reader, journal: journal)
    try await writer.perform(act(path))
    let changed = try await pi.reader.state(of: path)
    let past = try History(folder: pi.home + "/journal").run(named: "run")
    for act in past.acts.reversed() {
      let decision = try await UndoDecision(of: act, first: OriginalStates(of: past.acts), reader: pi.reader)
      guard case .restore(let acts) = decision else { continue }
      for act in acts { try await apply.perform(act) }
    }
    return (changed, try await pi.reader.state(of: path), past.acts.first?.recorded.file?.before)
  }

  private func file(_ text: String, mode: UInt16 = 0o640) -> FileState {
    let uid = Int(getuid())
    return FileState(
      status: FileStatus(
        kind: .file, mode: FileMode(bits: mode), userID: uid, groupID: Int(getgid()), size: text.utf8.count,
        hasACL: true), contents: Array(text.utf8), attributes: Self.original)
  }

  @Test func `a file that was removed has them again`() async throws {
    let (changed, back, image) = try await afterUndo { Act(.remove(path: $0)) }
    #expect(changed == FileState(status: nil))
    #expect(back == file("text\n"))
    var wanted = BeforeImage(exists: true)
    (wanted.kind, wanted.mode, wanted.contents) = ("-", "640", Base64.encode(Array("text\n".utf8)))
    (wanted.userID, wanted.groupID, wanted.attributes) = (Int(getuid()), Int(getgid()), Self.original)
    #expect(image == wanted)
  }

  @Test func `a file that was replaced had them all the time`() async throws {
    let (changed, back, _) = try await afterUndo {
      Act(
        .replaceFile(
          path: $0, contents: Array("new".utf8), mode: FileMode(bits: 0o600), expecting: Array("text\n".utf8)))
    }
    #expect(changed == file("new"))
    #expect(back == file("text\n"))
  }

  @Test func `the mask that a mode had changed is as before`() async throws {
    let (changed, back, _) = try await afterUndo { Act(.setMode(path: $0, mode: FileMode(bits: 0o600))) }
    var wanted = file("text\n", mode: 0o600)
    wanted.attributes.acl = "user::rw-,user:1001:r--,group::r--,mask::---,other::---"
    #expect(changed == wanted)
    #expect(back == file("text\n"))
  }

  @Test func `a plan tells the act, and does nothing`() async throws {
    let pi = try ShellHost()
    try pi.put("f", "text\n")
    let path = pi.home + "/f"
    let act = Act(.setAttributes(path: path, Self.original))
    #expect(act.summary == "give \(path) its access control list again")
    let before = try await pi.reader.state(of: path)
    try await OverlayWriter(reader: pi.reader).perform(act)
    var planned = before
    planned.attributes = Self.original
    #expect(try await pi.reader.state(of: path) == planned)
    pi.host.overlay[path] = nil
    pi.host.touch()
    #expect(try await pi.reader.state(of: path) == before)
  }
}
