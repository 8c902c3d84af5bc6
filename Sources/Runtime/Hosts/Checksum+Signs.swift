extension Checksum {
  /// The lines that `sign` (`replace-file.sh`) may print for a large file.
  ///
  /// - Parameter sum: a sum in the form of ``FileMeasure/sum``.
  static func signs(ofSum sum: String) -> String {
    let words = sum.split(separator: " ").map(String.init)
    return switch words.first {
    case "sha256" where words.count == 2: " s:\(words[1]) "
    case "size" where words.count == 2: " n:\(words[1]) "
    default: " c:\(words.joined(separator: "-")) n:\(words.last ?? "") "
    }
  }
}
