/// The random word that frames a script's output, new for each connection.
///
/// The mark is sent in two halves and printed as one word, so that a host that echoes the input (a terminal, a forced
/// `cat`) never prints the mark by accident.
package struct FrameMark: Sendable {
  let firstHalf: String
  let secondHalf: String

  init() {
    // Rare in the output of scripts, so that the search is cheap.
    firstHalf = "@" + Self.randomToken()
    secondHalf = Self.randomToken()
  }

  /// The whole mark as it appears in the output.
  var bytes: [UInt8] { Array((firstHalf + secondHalf).utf8) }

  package static func randomToken() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Whether a word has the form of a ``randomToken()``.
  static func isToken(_ word: Substring) -> Bool {
    word.utf8.count == 16 && word.allSatisfy { $0.isHexDigit && !$0.isUppercase }
  }
}
