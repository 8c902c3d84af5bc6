extension Unicode.Scalar {
  /// Whether the character makes a person see something else than what is there: control characters but the line feed
  /// and the tab, marks that turn the direction of writing (the "Trojan Source" way to hide code), separators that look
  /// like line ends, and characters without width. The two joiners stay: scripts and emoji need them.
  var isUnseen: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0: true
    case 0xAD, 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
    case 0xE0000...0xE007F: true
    default: false
    }
  }

  /// `U+202E`.
  var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension String {
  /// The same with line ends, tabs and everything unseen as Lua and Swift write them in a string: a text of somebody else
  /// cannot look like a line of ours. Cut where it is longer than people read.
  var onOneLine: String {
    var text = ""
    for scalar in unicodeScalars.prefix(Self.longestShown) {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isUnseen: text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
    }
    return unicodeScalars.count > Self.longestShown ? text + "…" : text
  }

  private static var longestShown: Int { 500 }
}
