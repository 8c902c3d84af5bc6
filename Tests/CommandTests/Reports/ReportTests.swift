import Foundation
import Testing

@testable import Diagnosis
@testable import Runs
@testable import ssh_recipes

@Suite struct ReportTests {
  private static let began = Date(timeIntervalSince1970: 1_800_000_000)

  /// A report of hosts that are each fine, or failed with a cause.
  static func document(
    _ hosts: [(name: String, failure: Failure?)], shard: String? = nil, id: String = "20261129-012737-wnr",
    after seconds: Double = 0
  ) -> ReportDocument {
    var builder = ReportBuilder()
    let names = hosts.map(\.name)
    builder.take(.started(recipe: "demo", summary: "Close it", hosts: names, isPlan: false), at: 0)
    var failures: [Failure] = []
    var report = Samples.report(hosts: names.isEmpty ? ["none"] : names)
    report.byHost = [:]
    for (index, (name, failure)) in hosts.enumerated() {
      builder.take(Samples.call(index, .began, "", host: name), at: 10)
      guard var failure else {
        builder.take(Samples.call(index, .changed, "/etc/motd: 644 -> 600", host: name), at: 50)
        report.byHost[name] = Tally(changed: 1)
        continue
      }
      failure.host = name
      failures.append(failure)
    }
    report.failures = failures
    report.hosts = names
    report.id = id
    report.shard = shard.flatMap { Shard($0) }
    report.unfinished = failures.compactMap(\.host)
    return builder.document(
      report, began: began.addingTimeInterval(seconds),
      journals: [ReportDocument.JournalCopy(run: id, lines: [#"{"kind":"run"}"#])])
  }

  static let down = Failure(.unreachable, "no route", cause: .noRoute)

  @Test func `a report is the same after it was written and read`() throws {
    let document = Self.document([("pi@a", nil), ("pi@b", Self.down)], shard: "2/3")
    #expect(try ReportDocument.decoded(try document.encoded()) == document)
    #expect(document.hosts.map(\.result) == [.changed, .failed])
    #expect(document.outcome == "failed")
    #expect(document.hosts[0].steps.map(\.title) == ["Close it"])
    #expect(document.hosts[0].steps[0].calls.map(\.what) == ["/etc/motd: 644 -> 600"])
  }

  private func merge(_ documents: ReportDocument...) throws -> ReportMerge {
    try ReportMerge(documents.enumerated().map { ("r\($0).json", $1) })
  }

  @Test func `shards add up, and a missing one is named`() throws {
    let merged = try merge(
      Self.document([("a", nil), ("b", Self.down)], shard: "1/4", id: "20261129-012737-one", after: 3),
      Self.document([("c", nil)], shard: "3/4", id: "20261129-012737-two"), Self.document([], shard: "4/4"))
    #expect(merged.document.hosts.map(\.host) == ["c", "a", "b"])
    #expect(merged.document.shards == ReportDocument.Shards(of: 4, present: [1, 3, 4]))
    #expect(merged.missing == "no report of shard 2/4")
    #expect(merged.document.outcome == "failed")
    #expect(merged.document.unfinished == ["b"])
    #expect(merged.document.milliseconds == 4234)
    #expect(
      merged.document.journals.map(\.run) == ["20261129-012737-two", "20261129-012737-wnr", "20261129-012737-one"])
  }

  @Test func `of a shard that ran twice, the later report counts, and both journals are kept`() throws {
    let merged = try merge(
      Self.document([("a", nil), ("b", nil)], shard: "1/1", id: "20261129-012737-two", after: 60),
      Self.document([("a", Self.down), ("b", Self.down)], shard: "1/1", id: "20261129-012737-one"))
    #expect(merged.remarks == ["shard 1/1 is there twice; the later report counts"])
    #expect(merged.missing == nil)
    #expect(merged.document.outcome == "applied")
    #expect(merged.document.failures == [])
    #expect(merged.document.unfinished == [])
    #expect(merged.document.ids == ["20261129-012737-one", "20261129-012737-two"])
    #expect(merged.document.journals.count == 2)
  }

  @Test func `a repetition on the failed hosts settles them`() throws {
    let merged = try merge(
      Self.document([("a", nil), ("b", Self.down), ("c", Self.down)]), Self.document([("b", nil)], after: 9))
    #expect(merged.remarks == ["1 host in several reports; the latest counts"])
    #expect(merged.document.failures.map(\.host) == ["c"])
    #expect(merged.document.unfinished == ["c"])
  }

  @Test func `reports of different recipes or numbers of shards do not belong together`() throws {
    var other = Self.document([("a", nil)], after: 1)
    other.recipe = "else"
    let error = #expect(throws: CommandFailure.self) { try merge(Self.document([("a", nil)]), other) }
    #expect(
      error?.lines == [
        "error: the reports do not belong together: \"r0.json\" has the recipe \"demo\", and \"r1.json\" \"else\""
      ])
    let shards = #expect(throws: CommandFailure.self) {
      try merge(Self.document([("a", nil)], shard: "1/2"), Self.document([("b", nil)], shard: "1/3", after: 1))
    }
    #expect(
      shards?.lines == [
        "error: the reports do not belong together: \"r0.json\" has shards of 2, and \"r1.json\" 3"
      ])
  }

  @Test func `failures of one cause are one group`() {
    var denied = Failure(.denied, "pi@c wants another password")
    denied.host = "pi@c"
    var second = Failure(.denied, "pi@d wants another password")
    second.host = "pi@d"
    let failures =
      [denied] + Self.document([("a", Self.down), ("b", Self.down), ("e", Self.down)]).report.failures + [second]
    let groups = FailureGroup.groups(of: failures)
    #expect(groups.map(\.hosts) == [["a", "b", "e"], ["pi@c", "pi@d"]])
    #expect(groups.map(\.headline) == ["no route", "HOST wants another password"])
  }

  @Test func `what is the same on many hosts is told once`() {
    let acts = (1...3).map { "pi@h\($0): run: apt-get install rsync" } + ["pi@h1: run: date"]
    #expect(Irrevocable.lines(acts) == ["run: apt-get install rsync (on 3 hosts)", "pi@h1: run: date"])
    let hosts = (1...12).map { "pi@h\($0)" }
    let steps = hosts.map { "read it: ssh \($0)" } + ["plug it in"]
    #expect(NextSteps.lines(steps, hosts: hosts) == ["on 12 hosts: read it: ssh HOST", "plug it in"])
  }

  @Test(
    arguments: [
      ("a b", 80, ["a b"]),
      ("  one two three four five six seven", 30, ["  one two three four five six", "    seven"]),
    ])
  func `lines are wrapped by words`(text: String, width: Int, lines: [String]) {
    #expect(WordWrap.lines(text, width: width) == lines)
  }

  @Test func `a sentence of a fix is wrapped, and a command stays whole`() {
    var failure = Failure(.denied, "no")
    let command = "sudo journalctl -u ssh -u sshd -n 20 --no-pager --output short-iso"
    failure.fix = ["sshd's log tells which it is; on the host's own console: \(command)", "ssh-keygen -R \(command)"]
    #expect(
      FailureText.lines(failure, width: 60) == [
        "error: no", "  fix     sshd's log tells which it is; on the host's own", "          console:",
        "          \(command)",
        "          ssh-keygen -R \(command)",
      ])
  }

  @Test(arguments: [
    ("ssh pi@a.", "a", "ssh pi@HOST."), ("a bad ping of a", "a", "HOST bad ping of HOST"),
    ("a.lan and nas-a, a-b", "a", "a.lan and nas-a, a-b"), ("10.0.0.1, 10.0.0.12", "10.0.0.1", "HOST, 10.0.0.12"),
  ])
  func `a host's name is no part of a word`(text: String, name: String, replaced: String) {
    #expect(text.replacingName(name, with: "HOST") == replaced)
  }

  @Test func `a page is whole, shows no host's text as markup, and takes nothing from elsewhere`() {
    var document = Self.document([("pi@a", nil), ("<b>", Self.down)])
    document.summary = "Close <script>alert(1)</script>"
    let page = ReportPage(document: document).text
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</html>\n"))
    #expect(!page.contains("<script") && !page.contains("<b>:"))
    #expect(page.contains("Close &lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(!page.contains("http://") && !page.contains("https://"))
    #expect(page.contains("default-src 'none'"))
  }

  @Test func `a merge counts each thing once for JUnit`() throws {
    let merged = try merge(
      Self.document([("a", nil), ("b", Self.down)], shard: "1/2"), Self.document([("c", nil)], shard: "2/2", after: 1))
    let text = JUnitOutput.document(merged.document.report, merged.document.calls)
    #expect(text.contains("tests=\"3\" failures=\"1\" skipped=\"0\""), "\(text)")
  }
}
