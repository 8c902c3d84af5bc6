/// Finds the known name nearest to a misspelled one, for messages such as `no option "x"; did you mean "y"?`.
package enum NearestName {
  /// The candidate nearest to `name`, without regard to case.
  ///
  /// - Parameter candidates: the known names; the first of several equally near names is taken.
  /// - Returns: `nil` if more than a third of the letters (at least one, at most four) would have to change: such a
  ///   guess would mislead.
  package static func find(_ name: String, among candidates: some Sequence<String>) -> String? {
    // A recipe may ask for a name of megabytes.
    guard !name.isEmpty, name.utf8.count <= 200 else { return nil }
    let wanted = Array(name.lowercased().unicodeScalars)
    let limit = min(4, max(1, wanted.count / 3))
    var best: (name: String, distance: Int)?
    for candidate in candidates {
      let letters = Array(candidate.lowercased().unicodeScalars)
      guard abs(letters.count - wanted.count) <= limit else { continue }
      let distance = distance(wanted, letters)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.name
  }

  /// How many letters must be inserted, deleted, replaced, or swapped with their neighbour.
  package static func distance(_ left: String, _ right: String) -> Int {
    distance(Array(left.unicodeScalars), Array(right.unicodeScalars))
  }

  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforePrevious: [Int] = []
    var previous = Array(0...right.count)
    for i in left.indices {
      var current = [i + 1]
      current.reserveCapacity(right.count + 1)
      for j in right.indices {
        let replaced = previous[j] + (left[i] == right[j] ? 0 : 1)
        var cost = min(replaced, previous[j + 1] + 1, current[j] + 1)
        if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
          cost = min(cost, beforePrevious[j - 1] + 1)
        }
        current.append(cost)
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[right.count]
  }
}
