/// Differences between two texts, in the unified form of `diff -u` (POSIX), for people to read.
package enum LineDiff {
  /// - Parameter context: how many unchanged lines surround a difference.
  /// - Returns: `nil` if the contents are equal; only sizes if either is not text.
  package static func unified(_ old: [UInt8]?, _ new: [UInt8], path: String, context: Int = 3) -> String? {
    var effort = LineEdits.effort
    return unified(old, new, path: path, context: context, effort: &effort)
  }

  /// - Parameter effort: the steps left for finding the shortest differences.
  package static func unified(
    _ old: [UInt8]?, _ new: [UInt8], path: String, context: Int = 3, effort: inout Int
  ) -> String? {
    guard old != new else { return nil }
    let before = old ?? []
    guard isText(before), isText(new) else { return "\(path): \(before.count) bytes -> \(new.count) bytes" }
    let edits = LineEdits(from: lines(before), to: lines(new), effort: &effort).edits
    var text = "--- \(old == nil ? "/dev/null" : path)\n+++ \(path)\n"
    for hunk in hunks(edits, context: context) { text += render(hunk) }
    return text
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

  private struct Hunk {
    var oldStart: Int
    var newStart: Int
    var edits: ArraySlice<LineEdits.Edit>
  }

  private static func hunks(_ edits: [LineEdits.Edit], context: Int) -> [Hunk] {
    var ranges: [Range<Int>] = []
    for (index, edit) in edits.enumerated() where !edit.isSame {
      let range = max(0, index - context)..<min(edits.count, index + context + 1)
      if let last = ranges.last, last.upperBound >= range.lowerBound {
        ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
      } else {
        ranges.append(range)
      }
    }
    var (old, new, counted) = (1, 1, 0)
    return ranges.map { range in
      for edit in edits[counted..<range.lowerBound] {
        switch edit {
        case .same: (old, new) = (old + 1, new + 1)
        case .removed: old += 1
        case .added: new += 1
        }
      }
      counted = range.lowerBound
      return Hunk(oldStart: old, newStart: new, edits: edits[range])
    }
  }

  private static func render(_ hunk: Hunk) -> String {
    var (old, new, body) = (0, 0, "")
    for edit in hunk.edits {
      switch edit {
      case .same(let line):
        (old, new) = (old + 1, new + 1)
        body += " \(line)\n"
      case .removed(let line):
        old += 1
        body += "-\(line)\n"
      case .added(let line):
        new += 1
        body += "+\(line)\n"
      }
    }
    // An empty side counts from the line before.
    let from = "\(old == 0 ? hunk.oldStart - 1 : hunk.oldStart),\(old)"
    let to = "\(new == 0 ? hunk.newStart - 1 : hunk.newStart),\(new)"
    return "@@ -\(from) +\(to) @@\n\(body)"
  }
}
