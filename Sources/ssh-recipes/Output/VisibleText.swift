import Formats

extension StringProtocol {
  /// The text with control and invisible characters escaped as `\n`, `\x1b` or `\u{202e}`, so that text from hosts never
  /// controls the terminal.
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

  /// The lines of the text, each with ``visible`` applied, for text of several lines such as diffs and scripts.
  var visibleLines: [String] {
    // Split by scalar: "\r\n" is one Character, and its carriage return must stay visible.
    let scalars = unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
    var lines = scalars.map { String(String.UnicodeScalarView($0)).visible }
    if lines.last == "" { lines.removeLast() }
    return lines
  }
}
