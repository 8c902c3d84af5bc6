/// Differences between two texts, in the unified form of `diff -u` (POSIX), for people to read.
enum LineDiff {
  /// - Parameter context: how many lines that are the same stand around a difference.
  /// - Returns: `nil` where nothing differs. Of contents that are no text only the sizes are told.
  static func unified(_ old: [UInt8]?, _ new: [UInt8], path: String, context: Int = 3) -> String? {
    guard old != new else { return nil }
    let before = old ?? []
    guard isText(before), isText(new) else { return "\(path): \(before.count) bytes -> \(new.count) bytes" }
    let edits = edits(from: lines(before), to: lines(new))
    var text = "--- \(old == nil ? "/dev/null" : path)\n+++ \(path)\n"
    for hunk in hunks(edits, context: context) { text += render(hunk) }
    return text
  }

  enum Edit: Equatable {
    case same(String)
    case removed(String)
    case added(String)

    var isSame: Bool { if case .same = self { true } else { false } }
  }

  private static func isText(_ bytes: [UInt8]) -> Bool {
    !bytes.contains(0) && String(validating: bytes, as: UTF8.self) != nil
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    ByteLine.split(bytes).map { line in
      let text = line.text + (line.ending.count == 2 ? "\\r" : "")
      return line.ending.isEmpty ? text + "\n\\ No newline at end of file" : text
    }
  }

  static func edits(from old: [String], to new: [String]) -> [Edit] {
    let difference = new.difference(from: old)
    var removed: Set<Int> = []
    var added: Set<Int> = []
    for change in difference {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): added.insert(offset)
      }
    }
    var edits: [Edit] = []
    var (left, right) = (0, 0)
    while left < old.count || right < new.count {
      if left < old.count, removed.contains(left) {
        edits.append(.removed(old[left]))
        left += 1
      } else if right < new.count, added.contains(right) {
        edits.append(.added(new[right]))
        right += 1
      } else {
        edits.append(.same(old[left]))
        (left, right) = (left + 1, right + 1)
      }
    }
    return edits
  }

  private struct Hunk {
    var oldStart: Int
    var newStart: Int
    var edits: [Edit]
  }

  private static func hunks(_ edits: [Edit], context: Int) -> [Hunk] {
    var ranges: [Range<Int>] = []
    for (index, edit) in edits.enumerated() where !edit.isSame {
      let range = max(0, index - context)..<min(edits.count, index + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    return ranges.map { range in
      var (old, new) = (1, 1)
      for edit in edits[..<range.lowerBound] {
        switch edit {
        case .same: (old, new) = (old + 1, new + 1)
        case .removed: old += 1
        case .added: new += 1
        }
      }
      return Hunk(oldStart: old, newStart: new, edits: Array(edits[range]))
    }
  }

  private static func render(_ hunk: Hunk) -> String {
    var (old, new, body) = (0, 0, "")
    for edit in hunk.edits {
      switch edit {
      case .same(let line): (old, new, body) = (old + 1, new + 1, body + " \(line)\n")
      case .removed(let line): (old, body) = (old + 1, body + "-\(line)\n")
      case .added(let line): (new, body) = (new + 1, body + "+\(line)\n")
      }
    }
    // An empty side counts from the line before it.
    let from = "\(old == 0 ? hunk.oldStart - 1 : hunk.oldStart),\(old)"
    let to = "\(new == 0 ? hunk.newStart - 1 : hunk.newStart),\(new)"
    return "@@ -\(from) +\(to) @@\n\(body)"
  }
}
