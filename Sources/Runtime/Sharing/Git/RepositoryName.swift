/// The local name of a repository: the part before the slash in `run acme/close`.
package enum RepositoryName {
  /// The names in `run` for recipes outside repositories.
  package static let bundled = "bundled"
  package static let own = "own"
  static let reserved: Set<String> = [bundled, own]

  /// A lower-case letter or digit, then also `-` and `_`: at most 40, so that every system accepts such a folder name.
  package static func isValid(_ name: String) -> Bool {
    // By byte: a Character may contain invisible joiners and marks, and compares as if they were absent.
    let bytes = Array(name.utf8)
    guard let first = bytes.first, isLetterOrDigit(first) else { return false }
    return bytes.count <= 40 && bytes.allSatisfy(isAllowed) && !reserved.contains(name)
  }

  static func isAllowed(_ letter: Character) -> Bool {
    letter.utf8.count == 1 && letter.utf8.allSatisfy { isAllowed($0) }
  }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    isLetterOrDigit(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte)
  }
}
