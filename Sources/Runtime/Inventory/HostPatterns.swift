import Hosts

/// Patterns that choose hosts, as text.
package enum HostPatterns {
  /// Splits at commas, or without a comma at colons outside brackets; an IPv6 address stays whole.
  package static func split(_ text: String) -> [String] {
    let isRegex = ["~", "!~", "&~"].contains { text.hasPrefix($0) }
    if text.contains(",") { return text.split(separator: ",").map { String($0).trimmingSpaces }.filter { !$0.isEmpty } }
    guard text.contains(":"), !isAddress(text) else { return [text.trimmingSpaces].filter { !$0.isEmpty } }
    var parts: [String] = [""]
    var depth = 0
    for character in text {
      switch character {
      case "[": depth += 1
      case "]": depth -= 1
      default: break
      }
      if depth == 0, character == ":" || character.isWhitespace && !isRegex {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.filter { !$0.isEmpty }
  }

  /// Whether the text may mean other hosts than the host of that name.
  package static func isPattern(_ text: String) -> Bool {
    text == "all" || text.contains { "*?!&~,".contains($0) } || text.contains("[") && !isAddress(text)
  }

  /// Whether the text is an IPv6 address, or a name with a port.
  private static func isAddress(_ text: String) -> Bool {
    if text.wholeMatch(of: /[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]*/) != nil { return true }
    return text.wholeMatch(of: /(?:[^@:\[\]\s]+@)?(\[[^\]]+\]|[\w.-]+):[0-9]+/) != nil
  }

  /// Plain patterns first, then `&`, then `!`; without a plain pattern, all hosts are the start.
  static func ordered(_ patterns: [String]) -> [String] {
    let plain = patterns.filter { $0.first != "!" && $0.first != "&" }
    return (plain.isEmpty ? ["all"] : plain) + patterns.filter { $0.first == "&" }
      + patterns.filter { $0.first == "!" }
  }

  /// The places of hosts in a list: `[0]`, `[-1]`, `[1:2]` with both ends, `[1:]`.
  enum Subscript: Hashable {
    case one(Int)
    case range(Int, Int?)

    func apply(to names: [String]) -> [String] {
      switch self {
      case .one(let index):
        let place = index < 0 ? names.count + index : index
        return names.indices.contains(place) ? [names[place]] : []
      case .range(let first, let last):
        let end = min(last ?? names.count - 1, names.count - 1)
        return first <= end ? Array(names[first...end]) : []
      }
    }
  }

  /// - Throws: ``InventoryError/Problem/badPattern(_:_:)``.
  static func subscripted(
    _ pattern: String
  ) throws(InventoryError.Problem) -> (expression: String, subscripting: Subscript?) {
    guard pattern.first != "~",
      let match = pattern.wholeMatch(of: /(.+)\[(?:(-?[0-9]+)|([0-9]+)[:-]([0-9]*))\]/)
    else { return (pattern, nil) }
    let (_, expression, one, first, last) = match.output
    if let one, let index = Int(one) { return (String(expression), .one(index)) }
    guard let first, let start = Int(first) else { throw .badPattern(pattern, "expected [N] or [FIRST:LAST]") }
    return (String(expression), .range(start, last.flatMap { Int($0) }))
  }
}
