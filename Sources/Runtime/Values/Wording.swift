/// Phrases shared by several messages.
package enum Wording {
  /// `; did you mean "x"?`; empty without a nearest name.
  package static func guess(_ nearest: String?) -> String { nearest.map { "; did you mean \"\($0)\"?" } ?? "" }

  /// `; did you mean "x"?`, or the list of known names.
  package static func guess(_ nearest: String?, known: [String], of what: String) -> String {
    if nearest != nil { return guess(nearest) }
    return known.isEmpty ? "; there are no \(what)" : "; the \(what) are \(known.joined(separator: ", "))"
  }

  /// `"a", "b" or "c"`.
  package static func choices(_ names: [String]) -> String {
    let quoted = names.map { "\"\($0)\"" }
    guard let last = quoted.last, quoted.count > 1 else { return quoted.first ?? "" }
    return quoted.dropLast().joined(separator: ", ") + " or " + last
  }
}
