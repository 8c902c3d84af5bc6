import Testing

@testable import ssh_recipes

@Suite("Text from hosts")
struct VisibleTextTests {
  @Test(
    "cannot steer a terminal",
    arguments: [
      ("plain ✓ ünïcode", "plain ✓ ünïcode"), ("\u{1B}]0;title\u{7}", #"\x1b]0;title\x07"#),
      ("a\r\nb", #"a\r\nb"#), ("\u{9B}2J", #"\x9b2J"#), ("\u{202E}lua", #"\u{202e}lua"#), ("\u{0}", #"\x00"#),
      ("a\u{200B}b\u{E0041}\u{2060}", #"a\u{200b}b\u{e0041}\u{2060}"#), ("so\u{AD}ft", #"so\xadft"#),
      ("a\u{200D}\u{FE0F}\u{3164}", #"a\u{200d}\u{fe0f}\u{3164}"#),
      ("می\u{200C}خواهم \u{2764}\u{FE0F}\u{200D}\u{1F525}", "می\u{200C}خواهم \u{2764}\u{FE0F}\u{200D}\u{1F525}"),
    ])
  func visible(raw: String, shown: String) { #expect(raw.visible == shown) }

  @Test("keeps its lines where lines are wanted")
  func lines() { #expect("a\n\n\u{8}b\n".visibleLines == ["a", "", #"\x08b"#]) }

  @Test(
    "durations are as exact as it helps",
    arguments: [
      (Duration.milliseconds(4), "0.00 s"), (.milliseconds(340), "0.34 s"), (.milliseconds(12_340), "12.3 s"),
      (.seconds(125), "2 min 5 s"), (.milliseconds(9_999), "10.00 s"),
    ])
  func durations(duration: Duration, text: String) { #expect(duration.text == text) }
}
