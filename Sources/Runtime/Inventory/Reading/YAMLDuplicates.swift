import Yams

/// A YAML text whose repeated keys become different ones: Yams refuses a mapping with the same key twice, and Ansible
/// takes the last value.
struct YAMLDuplicates {
  private(set) var text: String
  /// The lines of the renamed keys.
  private(set) var lines: [Int] = []

  /// In front of a renamed key; a character for private use, with a number behind.
  private static let sign: Character = "\u{E000}"
  /// Each repeated key costs another reading of the text.
  private static let limit = 200

  init(_ text: String) { self.text = text }

  static func isRenamed(_ key: String?) -> Bool { key?.first == sign }

  /// Renames the key at a place.
  ///
  /// - Returns: `false` if the key cannot be renamed, because of an alias or an anchor.
  mutating func rename(at mark: Mark) -> Bool {
    guard lines.count < Self.limit, let start = index(of: mark), text[start] != Self.sign else { return false }
    let isQuoted = text[start] == "\"" || text[start] == "'"
    guard !"*&!?[{".contains(text[start]) else { return false }
    lines.append(mark.line)
    text.insert(
      contentsOf: "\(Self.sign)\(lines.count) ", at: isQuoted ? text.index(after: start) : start)
    return true
  }

  /// A mark counts lines and the Unicode scalars of a line from 1.
  private func index(of mark: Mark) -> String.Index? {
    var line = 1
    var index = text.startIndex
    while line < mark.line {
      guard let end = text[index...].firstIndex(where: \.isNewline) else { return nil }
      (line, index) = (line + 1, text.index(after: end))
    }
    return text.unicodeScalars.index(index, offsetBy: mark.column - 1, limitedBy: text.endIndex)
      .flatMap { $0 < text.endIndex ? $0 : nil }
  }
}
