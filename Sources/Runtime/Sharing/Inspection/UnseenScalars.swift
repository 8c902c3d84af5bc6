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
