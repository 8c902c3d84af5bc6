extension Unicode.Scalar {
  /// Whether the character makes a person see something else than what is there: control characters but the line feed
  /// and the tab, marks that turn the direction of writing (the "Trojan Source" way to hide code), separators that look
  /// like line ends, and all that Unicode lets a font leave out or that is a blank in every font.
  package var isUnseen: Bool {
    switch value {
    case 0x09, 0x0A: false
    case 0..<0x20, 0x7F..<0xA0: true
    case ..<0x80: false
    // Separators, what annotates, a Braille pattern without dots, a note without a head.
    case 0x2028, 0x2029, 0xFFF9...0xFFFB, 0x2800, 0x1D159: true
    default: properties.isDefaultIgnorableCodePoint
    }
  }

  /// Whether it is unseen where it stands: scripts need the two joiners between their letters, and emoji those and the
  /// mark that gives them colours. Behind anything else these hide.
  ///
  /// - Parameter previous: what stands before it; `nil` for nothing.
  package func isUnseen(after previous: Unicode.Scalar?) -> Bool {
    switch value {
    case 0x200C, 0x200D: previous?.takesJoiner != true
    case Self.colours: previous?.isEmoji != true
    default: isUnseen
    }
  }

  private static var colours: UInt32 { 0xFE0F }

  /// Digits are emoji to Unicode, since keycaps are made of them.
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
  /// The first character that is unseen where it stands; `nil` in a text that is as it looks.
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
  /// The same with line ends, tabs and everything unseen as Lua and Swift write them in a string: a text of somebody else
  /// cannot look like a line of ours. Cut where it is longer than people read.
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
