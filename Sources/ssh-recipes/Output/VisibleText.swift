extension StringProtocol {
  /// The text with everything that a terminal would obey shown as an escape instead: what hosts send is never written
  /// raw. Control characters become `\n`, `\x1b` …; marks that turn the direction of writing become `\u{202e}` …
  var visible: String {
    guard unicodeScalars.contains(where: Self.isDangerous) else { return String(self) }
    var text = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where Self.isDangerous(scalar):
        let hex = String(scalar.value, radix: 16)
        text += scalar.value < 0x100 ? "\\x" + (hex.count < 2 ? "0" : "") + hex : "\\u{\(hex)}"
      default: text.unicodeScalars.append(scalar)
      }
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

  private static func isDangerous(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0: true
    // Bidirectional controls and the separators that some terminals take for line ends.
    case 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
    default: false
    }
  }
}
