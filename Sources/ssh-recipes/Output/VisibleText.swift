import Formats

extension StringProtocol {
  /// The text with everything that a terminal would obey or not show as an escape instead: what hosts send is never
  /// written raw. Control characters become `\n`, `\x1b` …; what cannot be seen becomes `\u{202e}`, `\u{200b}` …
  var visible: String {
    guard unicodeScalars.contains(where: { $0.isUnseen || $0 == "\n" || $0 == "\t" }) else { return String(self) }
    var text = ""
    var previous: Unicode.Scalar?
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isUnseen(after: previous):
        let hex = String(scalar.value, radix: 16)
        text += scalar.value < 0x100 ? "\\x" + (hex.count < 2 ? "0" : "") + hex : "\\u{\(hex)}"
      default: text.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return text
  }

  /// The lines of the text, each made visible; for diffs and scripts, whose line ends are their own.
  var visibleLines: [String] {
    // By scalar: "\r\n" is one Character, and its carriage return is worth seeing.
    let scalars = unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
    var lines = scalars.map { String(String.UnicodeScalarView($0)).visible }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
