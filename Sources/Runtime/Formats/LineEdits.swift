/// The edits that turn one list of lines into another: the fewest possible (Myers, "An O(ND) Difference Algorithm",
/// 1986) if the search succeeds soon enough, and otherwise everything between the first and the last difference. Edits
/// are never left out, since an author could hide a change among many others.
package struct LineEdits {
  enum Edit: Equatable {
    case same(String)
    case removed(String)
    case added(String)

    var isSame: Bool { if case .same = self { true } else { false } }
  }

  private(set) var edits: [Edit] = []

  /// Steps of the search that take no noticeable time.
  package static let effort = 20_000_000
  /// The search keeps the square of this number in memory.
  private static let mostEdits = 2000

  /// - Parameter effort: how many steps the search may take; the steps taken are subtracted.
  init(from old: [String], to new: [String], effort: inout Int) {
    // Lines are compared by their bytes: equal Strings may encode an accent in different ways.
    var numbers: [[UInt8]: Int] = [:]
    let (before, after) = (Self.numbered(old, &numbers), Self.numbered(new, &numbers))
    let (removed, added) = Self.shortest(before, after, &effort) ?? Self.whole(before, after)
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, removed[left] {
        edits.append(.removed(old[left]))
        left += 1
      } else if right < new.count, added[right] {
        edits.append(.added(new[right]))
        right += 1
      } else {
        edits.append(.same(old[left]))
        (left, right) = (left + 1, right + 1)
      }
    }
  }

  private static func numbered(_ lines: [String], _ numbers: inout [[UInt8]: Int]) -> [Int] {
    lines.map { line in
      let key = Array(line.utf8)
      if let known = numbers[key] { return known }
      numbers[key] = numbers.count
      return numbers.count - 1
    }
  }

  /// The lines of each side that the other side lacks.
  private typealias Marks = (removed: [Bool], added: [Bool])

  private static func whole(_ old: [Int], _ new: [Int]) -> Marks {
    let shorter = min(old.count, new.count)
    var (head, tail) = (0, 0)
    while head < shorter, old[head] == new[head] { head += 1 }
    while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] { tail += 1 }
    func marks(_ count: Int) -> [Bool] { (0..<count).map { $0 >= head && $0 < count - tail } }
    return (marks(old.count), marks(new.count))
  }

  /// - Returns: `nil` if the search exceeds its limits.
  private static func shortest(_ old: [Int], _ new: [Int], _ effort: inout Int) -> Marks? {
    let most = min(old.count + new.count, mostEdits)
    // The farthest line of the old side reached on each diagonal with `count` edits.
    var reach = [Int](repeating: 0, count: 2 * most + 3)
    let middle = most + 1
    var trace: [[Int]] = []
    for count in 0...most {
      trace.append(Array(reach[(middle - count)...(middle + count)]))
      for diagonal in stride(from: -count, through: count, by: 2) {
        let (below, above) = (reach[middle + diagonal - 1], reach[middle + diagonal + 1])
        var left = adds(diagonal, of: count, below, above) ? above : below + 1
        let start = left
        while left < old.count, left - diagonal < new.count, old[left] == new[left - diagonal] { left += 1 }
        reach[middle + diagonal] = left
        effort -= 1 + left - start
        if left >= old.count, left - diagonal >= new.count { return marks(old.count, new.count, trace) }
      }
      guard effort > 0 else { return nil }
    }
    return nil
  }

  /// Whether a diagonal is reached from the diagonal above, by adding a line, rather than from the diagonal below.
  private static func adds(_ diagonal: Int, of count: Int, _ below: Int, _ above: Int) -> Bool {
    diagonal == -count || diagonal != count && below < above
  }

  /// Follows the path back from the end.
  ///
  /// - Parameter trace: for each number of edits, the lines reached with one edit less.
  private static func marks(_ old: Int, _ new: Int, _ trace: [[Int]]) -> Marks {
    var marks: Marks = ([Bool](repeating: false, count: old), [Bool](repeating: false, count: new))
    var (left, right) = (old, new)
    for (count, reach) in trace.enumerated().dropFirst().reversed() {
      let diagonal = left - right
      func reached(_ diagonal: Int) -> Int { abs(diagonal) > count ? 0 : reach[diagonal + count] }
      let isAdded = adds(diagonal, of: count, reached(diagonal - 1), reached(diagonal + 1))
      let previous = diagonal + (isAdded ? 1 : -1)
      left = reached(previous)
      right = left - previous
      if isAdded { marks.added[right] = true } else { marks.removed[left] = true }
    }
    return marks
  }
}
