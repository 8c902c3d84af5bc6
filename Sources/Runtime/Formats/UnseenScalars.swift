extension Unicode.Scalar {
  /// Whether the character can hide text from a reader: control characters except line feed and tab, marks that change
  /// the writing direction (the "Trojan Source" way to hide code), separators that look like line ends, and characters
  /// that fonts may leave out or show as a blank.
  package var isUnseen: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0: true
    case ..<0x80: false
    // Separators, annotation characters, a Braille pattern without dots, a note without a head.
    case 0x2028, 0x2029, 0xFFF9...0xFFFB, 0x2800, 0x1D159: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  /// Whether the character is unseen at its place: some scripts need the two joiners between their letters, and emoji
  /// need those and the mark that selects colours. After any other character, joiners and the mark are invisible.
  ///
  /// - Parameter previous: the character before; `nil` at the start.
  package func isUnseen(after previous: Unicode.Scalar?) -> Bool {
    switch value {
    case 0x200C, 0x200D: previous?.takesJoiner != true
    case Self.colours: previous?.isEmoji != true
    default: isUnseen
    }
  }

  private static var colours: UInt32 { 0xFE0F }

  /// Unicode counts digits as emoji, since keycaps contain them.
  private var isEmoji: Bool { value >= 0x80 && properties.isEmoji }

  private var takesJoiner: Bool {
    guard value >= 0x80 else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark: return value == Self.colours || !isUnseen
    default: return isEmoji || properties.isAlphabetic && !isUnseen
    }
  }

  /// `U+202E`.
  package var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension StringProtocol {
  /// The first unseen character; `nil` if the text is exactly as it looks.
  package var firstUnseen: Unicode.Scalar? {
    var previous: Unicode.Scalar?
    for scalar in unicodeScalars {
      if scalar.isUnseen(after: previous) { return scalar }
      previous = scalar
    }
    return nil
  }
}

extension String {
  /// The text with line ends, tabs and unseen characters escaped as in Lua and Swift strings, so that third-party text
  /// cannot pose as a line of this program. Shortened beyond the length that people read.
  package var onOneLine: String {
    var text = ""
    var previous: Unicode.Scalar?
    for scalar in unicodeScalars.prefix(Self.longestShown) {
      switch scalar {
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case _ where scalar.isUnseen(after: previous): text += "\\u{\(String(scalar.value, radix: 16))}"
      default: text.unicodeScalars.append(scalar)
      }
      previous = scalar
    }
    return unicodeScalars.count > Self.longestShown ? text + "…" : text
  }

  private static var longestShown: Int { 500 }
}
