import Foundation
import Testing

@testable import Diagnosis
@testable import Hosts
@testable import Runs

/// Lines as version 0.1 wrote them, which have to be read, and written in the same way, for ever.
@Suite struct JournalRecordTests {
  private static let file = "/home/pi/f"
  private static let plain = #""exists":true,"groupID":0,"kind":"-","mode":"644","userID":0"#

  private static func image(_ fill: (inout BeforeImage) -> Void = { _ in }) -> BeforeImage {
    var image = BeforeImage(exists: true)
    (image.kind, image.mode, image.userID, image.groupID) = ("-", "644", 0, 0)
    fill(&image)
    return image
  }

  private static func line(_ number: Int, _ file: RecordedAct.FileAct, _ summary: String) -> JournalLine {
    JournalLine(
      time: 1795937506.8503313,
      record: .before(
        RecordedAct(number: number, host: "here", account: .login, summary: summary, subject: .file(file))))
  }

  private static let lines: [(String, JournalLine)] = [
    (
      #"{"hosts":["pi@10.0.0.2"],"kind":"run","recipe":"mine","time":1795937506.8503313}"#,
      JournalLine(time: 1795937506.8503313, record: .run(recipe: "mine", hosts: ["pi@10.0.0.2"]))
    ),
    (
      #"{"host":"pi","identity":{"address":"10.0.0.2","home":"/home/pi","key":"SHA256:a","machine":"0123456789ab","#
        + #""name":"pi4","physicalHome":"/srv/pi","user":"pi"},"kind":"met","time":2}"#,
      JournalLine(time: 2, record: .met(host: "pi", ChangedHostTests.pi))
    ),
    (
      #"{"account":"login","act":1,"after":"600","deed":"setMode","host":"here","image":{\#(plain)},"kind":"before","#
        + #""path":"/home/pi/f","summary":"chmod 600 /home/pi/f","time":1795937506.8503313}"#,
      line(1, .init(kind: .setMode, path: file, before: image(), after: "600"), "chmod 600 /home/pi/f")
    ),
    (
      #"{"account":"login","act":2,"after":"4264829891 4","deed":"replaceFile","host":"here","#
        + #""image":{"contents":"aGkK",\#(plain)},"isConfig":true,"kind":"before","path":"/home/pi/f","#
        + #""summary":"replace /home/pi/f","time":1795937506.8503313}"#,
      line(
        2,
        .init(
          kind: .replaceFile, path: file, before: image { $0.contents = "aGkK" }, after: "4264829891 4", isConfig: true),
        "replace /home/pi/f")
    ),
    (
      #"{"account":"login","act":4,"after":"700","deed":"makeDirectory","host":"here","image":{"exists":false},"#
        + #""kind":"before","path":"/home/pi/f","summary":"mkdir -m 700 /home/pi/f","time":1795937506.8503313}"#,
      line(
        4, .init(kind: .makeDirectory, path: file, before: BeforeImage(exists: false), after: "700"),
        "mkdir -m 700 /home/pi/f")
    ),
    (
      #"{"account":"login","act":6,"deed":"remove","host":"here","image":{"exists":true,"groupID":0,"kind":"l","#
        + #""linkTarget":"g","mode":"644","userID":0},"kind":"before","path":"/home/pi/f","summary":"remove /home/pi/f","#
        + #""time":1795937506.8503313}"#,
      line(
        6, .init(kind: .remove, path: file, before: image { ($0.kind, $0.linkTarget) = ("l", "g") }),
        "remove /home/pi/f")
    ),
    (
      #"{"account":"root","act":3,"creates":["/etc/.ssh-recipes.x"],"deed":"command","host":"pi","kind":"before","#
        + #""leavesNothing":true,"scratch":["/tmp/x"],"summary":"arm the watchdog","time":2}"#,
      JournalLine(
        time: 2,
        record: .before(
          RecordedAct(
            number: 3, host: "pi", account: .root, summary: "arm the watchdog",
            subject: .command(creates: ["/etc/.ssh-recipes.x"]), leavesNothing: true, scratch: ["/tmp/x"])))
    ),
    (#"{"act":1,"kind":"done","time":2}"#, JournalLine(time: 2, record: .done(act: 1))),
    (#"{"act":2,"kind":"failed","time":2}"#, JournalLine(time: 2, record: .failed(act: 2))),
    (
      #"{"host":"pi","hostKeyName":"[pi]:22","kind":"moved","port":2222,"time":2}"#,
      JournalLine(
        time: 2,
        record: .moved(host: "pi", Relocation(port: 2222, serverPort: 2222, hostKeyName: "[pi]:22")))
    ),
    (#"{"host":"pi","kind":"moved","time":2}"#, JournalLine(time: 2, record: .moved(host: "pi", nil))),
    (
      #"{"hosts":["pi@b"],"kind":"unfinished","time":2,"total":3}"#,
      JournalLine(time: 2, record: .unfinished(UnfinishedHosts(names: ["pi@b"], total: 3)))
    ),
    (#"{"kind":"end","outcome":"done","time":2}"#, JournalLine(time: 2, record: .end(.done))),
    (#"{"kind":"end","outcome":"taken back","time":2}"#, JournalLine(time: 2, record: .end(.undone))),
    (
      #"{"kind":"end","outcome":"rolled-back","time":2}"#,
      JournalLine(time: 2, record: .end(.failed(kind: "rolled-back")))
    ),
  ]

  @Test(arguments: lines)
  func `a line of an old journal is read, and written as it was`(text: String, line: JournalLine) throws {
    #expect(try JSONDecoder().decode(JournalLine.self, from: Data(text.utf8)) == line)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    #expect(String(decoding: try encoder.encode(line), as: UTF8.self) == text)
  }

  @Test func `every kind of act on a file has the name that journals always had`() {
    let kinds: [RecordedAct.FileAct.Kind] = [
      .replaceFile, .setMode, .setOwner, .setAttributes, .makeDirectory, .makeLink, .remove,
    ]
    #expect(
      kinds.map(\.rawValue) == [
        "replaceFile", "setMode", "setOwner", "setAttributes", "makeDirectory", "makeLink", "remove",
      ])
  }

  @Test func `a journal that was cut off is read up to there, and kinds of a later version are passed over`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "journal-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = [
      #"{"hosts":["pi"],"kind":"run","recipe":"mine","time":1}"#, #"{"kind":"later","time":1}"#,
      #"{"act":1,"deed":"command","kind":"before","time":2}"#, #"{"act":1,"kind":"done","time":3}"#,
      #"{"account":"root","act":2,"deed":"later","host":"pi","kind":"before","path":"/x","summary":"x","time":4}"#,
      #"{"act":2,"ki"#,
    ]
    try lines.joined(separator: "\n").write(to: folder.appending(path: "id.jsonl"), atomically: true, encoding: .utf8)
    let first = RecordedAct(number: 1, host: "?", account: .login, summary: "?", subject: .command(creates: []))
    let second = RecordedAct(number: 2, host: "pi", account: .root, summary: "x", subject: .command(creates: []))
    var past = try History(folder: folder.path).run(named: "id")
    // The effects of an act that was cut off are not known.
    #expect((past.tally.changed, past.tally.perhaps) == (1, 1))
    past.ledger = ChangeLedger()
    #expect(
      past
        == PastRun(
          id: "id", recipe: "mine", hosts: ["pi"], began: Date(timeIntervalSince1970: 1), outcome: nil,
          acts: [
            PastAct(time: 2, recorded: first, run: "id", isDone: true),
            PastAct(time: 4, recorded: second, run: "id", isDone: nil),
          ]))
  }

  @Test(arguments: ["done", "taken back"])
  func `a kind that a recipe made up cannot pass for a good end`(kind: String) {
    #expect(RecordedOutcome(Failure(fields: ["kind": .string(kind)])) == .failed(kind: "failed"))
    #expect(RecordedOutcome(Failure(fields: ["kind": .string("no-music")])) == .failed(kind: "no-music"))
    #expect(RecordedOutcome(Failure(.unknown, "no")) == .failed(kind: "unknown"))
    #expect(RecordedOutcome(nil) == .done)
    #expect([RecordedOutcome.done, .undone].map(\.description) == ["done", "undone"])
  }
}
