extension Sequence where Element: Hashable {
  /// The elements in their order, each once.
  package var unique: [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}

extension [String] {
  /// `a, b, c and 4 more`.
  ///
  /// - Parameter most: the largest number of names in the text.
  package func named(atMost most: Int) -> String {
    prefix(most).joined(separator: ", ") + (count > most ? " and \(count - most) more" : "")
  }
}
