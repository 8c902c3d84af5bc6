/// The random word that frames what a script prints, new for each connection.
///
/// It is sent in two halves and printed as one, so that a host that echoes what it gets (a terminal, a forced `cat`)
/// never prints it by accident.
package struct FrameMark: Sendable {
  let firstHalf: String
  let secondHalf: String

  init() {
    // Rare in what scripts print, which makes looking for it cheap.
    firstHalf = "@" + Self.randomToken()
    secondHalf = Self.randomToken()
  }

  /// The whole mark as it appears in the output.
  var bytes: [UInt8] { Array((firstHalf + secondHalf).utf8) }

  package static func randomToken() -> String {
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
