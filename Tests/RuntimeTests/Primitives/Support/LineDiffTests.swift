import Testing

@testable import Formats

@Suite("Differences between texts")
struct LineDiffTests {
  private static func unified(_ old: String?, _ new: String) -> String? {
    LineDiff.unified(old.map { Array($0.utf8) }, Array(new.utf8), path: "x")
  }

  private static func lines(_ numbers: some Sequence<Int>) -> String { numbers.map { "\($0)\n" }.joined() }

  @Test("what is the same around a change is told, and where it is")
  func hunks() {
    #expect(Self.unified("a\n", "a\n") == nil)
    #expect(Self.unified(nil, "a\n") == "--- /dev/null\n+++ x\n@@ -0,0 +1,1 @@\n+a\n")
    #expect(Self.unified("a\n", "") == "--- x\n+++ x\n@@ -1,1 +0,0 @@\n-a\n")
    #expect(
      Self.unified("a\r\n", "a") == "--- x\n+++ x\n@@ -1,1 +1,1 @@\n-a\\r\n+a\n\\ No newline at end of file\n")
    let text = Self.lines(1...20)
    #expect(
      Self.unified(text, text.replacing("\n4\n", with: "\nfour\n").replacing("18\n", with: ""))
        == """
        --- x
        +++ x
        @@ -1,7 +1,7 @@
         1
         2
         3
        -4
        +four
         5
         6
         7
        @@ -15,6 +15,5 @@
         15
         16
         17
        -18
         19
         20

        """)
  }

  @Test("two ways to write an accent are two lines")
  func accents() {
    #expect(Self.unified("caf\u{E9}\n", "cafe\u{301}\n")?.hasSuffix("-caf\u{E9}\n+cafe\u{301}\n") == true)
  }

  @Test("a difference is as short as the standard library's, and makes the one text of the other")
  func shortest() {
    var random = Numbers()
    for _ in 0..<200 {
      let old = (0..<random.next(30)).map { _ in "\(random.next(4))" }
      let new = (0..<random.next(30)).map { _ in "\(random.next(4))" }
      var effort = LineEdits.effort
      let edits = LineEdits(from: old, to: new, effort: &effort).edits
      #expect(edits.count { !$0.isSame } == new.difference(from: old).count)
      #expect(Self.sides(edits) == [old, new])
    }
  }

  @Test("where that takes too long, all between the first and the last difference is told, and nothing left out")
  func whole() {
    let old = (0..<50).map { "\($0)" }
    var new = old
    for index in stride(from: 10, to: 40, by: 2) { new[index] = "new" }
    var effort = 20
    let edits = LineEdits(from: old, to: new, effort: &effort).edits
    #expect(Self.sides(edits) == [old, new])
    #expect(edits.count { !$0.isSame } == 58)
    #expect(effort <= 0)
  }

  @Test("hundreds of thousands of changed lines are no work")
  func large() {
    let (old, new) = (Self.lines(0..<100_000), Self.lines(100_000..<200_000))
    let every = Self.lines((0..<100_000).map { $0 % 10 == 0 ? -$0 - 1 : $0 })
    var size = 0
    let time = processorTime {
      for text in [new, every] { size += Self.unified(old, text)?.utf8.count ?? 0 }
    }
    #expect(size > 2_000_000)
    #expect(time < .seconds(60), "\(time)")
  }

  private static func sides(_ edits: [LineEdits.Edit]) -> [[String]] {
    var (old, new): ([String], [String]) = ([], [])
    for edit in edits {
      switch edit {
      case .same(let line):
        old.append(line)
        new.append(line)
      case .removed(let line): old.append(line)
      case .added(let line): new.append(line)
      }
    }
    return [old, new]
  }

  /// The same in every run.
  private struct Numbers {
    private var state: UInt64 = 42

    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }
}
