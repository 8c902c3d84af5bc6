/// The first column of `ls -l`: `drwxr-sr-x+` (POSIX, ls, STDOUT).
package struct ModeString: Equatable, Sendable {
  package enum FileType: Character, Equatable, Sendable {
    case regular = "-"
    case directory = "d"
    case link = "l"
    case characterDevice = "c"
    case blockDevice = "b"
    case fifo = "p"
    case socket = "s"
  }

  /// The meaning of the character after the nine letters.
  package enum Extra: Character, Equatable, Sendable {
    /// An access control list, which may grant more than the mode bits show.
    case accessControlList = "+"
    /// An SELinux context only (GNU).
    case securityContext = "."
    /// Extended attributes (macOS).
    case attributes = "@"
  }

  package var type: FileType
  /// The twelve bits of chmod(2), set-user-ID, set-group-ID and sticky among them.
  package var bits: UInt16
  package var extra: Extra?

  /// - Returns: `nil` if the text is not such a column.
  package init?(_ text: some StringProtocol) {
    let letters = Array(text)
    guard (10...11).contains(letters.count), let type = FileType(rawValue: letters[0]) else { return nil }
    var bits: UInt16 = 0
    for (index, letter) in letters[1..<10].enumerated() {
      let bit = UInt16(1) << UInt16(8 - index)
      let (special, lower, upper): (UInt16, Character, Character) =
        switch index {
        case 2: (0o4000, "s", "S")
        case 5: (0o2000, "s", "S")
        case 8: (0o1000, "t", "T")
        default: (0, "-", "-")
        }
      switch letter {
      case "-": break
      case lower: bits |= bit | special
      case upper: bits |= special
      case Array("rwxrwxrwx")[index]: bits |= bit
      default: return nil
      }
    }
    if letters.count == 11, letters[10] != " " {
      guard let extra = Extra(rawValue: letters[10]) else { return nil }
      self.extra = extra
    }
    self.type = type
    self.bits = bits
  }
}
