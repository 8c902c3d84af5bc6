import Values

/// A host's name in an inventory: `web[01:10].example.com:2222` stands for ten hosts with a port.
struct HostRange: Sendable, Hashable {
  /// A larger number of hosts in a name is taken for a slip of the keyboard.
  static let limit = 100_000

  var names: [String]
  var port: Int?

  /// - Throws: ``InventoryError/Problem/badRange(_:_:)``.
  init(_ text: String) throws(InventoryError.Problem) {
    var host = text[...]
    var port: Int?
    if let colon = Self.portColon(in: text) {
      port = Int(text[text.index(after: colon)...])
      host = text[..<colon]
      if host.first == "[", host.last == "]", !Self.isRange(host.dropFirst().dropLast()) {
        host = host.dropFirst().dropLast()
      }
    }
    // Other text with colons, such as an IPv6 address, is a name as it stands.
    guard host.contains("[") else {
      (names, self.port) = ([String(host)], port)
      return
    }
    self.port = port
    names = try Self.expanded(String(host), whole: text)
  }

  /// The colon before a port: the only colon outside brackets, with digits behind.
  private static func portColon(in text: String) -> String.Index? {
    var depth = 0
    var colons: [String.Index] = []
    for index in text.indices {
      switch text[index] {
      case "[": depth += 1
      case "]": depth -= 1
      case ":" where depth == 0: colons.append(index)
      default: break
      }
    }
    // With an account in front, the whole text is a name, as Ansible takes it; the login splits it.
    guard !text.contains("@"), colons.count == 1, let colon = colons.first, colon > text.startIndex else { return nil }
    let digits = text[text.index(after: colon)...]
    return !digits.isEmpty && digits.allSatisfy { $0.isASCII && $0.isNumber } ? colon : nil
  }

  private static func isRange(_ inside: Substring) -> Bool {
    let parts = inside.split(separator: ":", omittingEmptySubsequences: false)
    return (2...3).contains(parts.count) && parts.allSatisfy { part in part.allSatisfy { $0.isLetter || $0.isNumber } }
      && !parts[1].isEmpty && parts[0].count == parts[1].count && parts.dropFirst(2).allSatisfy { Int($0) != nil }
  }

  private static func expanded(_ text: String, whole: String) throws(InventoryError.Problem) -> [String] {
    guard let open = text.firstIndex(of: "[") else { return [text] }
    guard let close = text[open...].firstIndex(of: "]") else { throw .badRange(whole, "the bracket is never closed") }
    let inside = text[text.index(after: open)..<close]
    let (head, tail) = (text[..<open], String(text[text.index(after: close)...]))
    let middles = try sequence(inside.split(separator: ":", omittingEmptySubsequences: false).map(String.init), whole)
    let tails = try expanded(tail, whole: whole)
    guard middles.count * tails.count <= limit else { throw .badRange(whole, "more than \(limit) hosts") }
    return middles.flatMap { middle in tails.map { head + middle + $0 } }
  }

  private static let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ").map(String.init)

  private static func sequence(_ bounds: [String], _ whole: String) throws(InventoryError.Problem) -> [String] {
    let fail = { (clause: String) in InventoryError.Problem.badRange(whole, clause) }
    guard (2...3).contains(bounds.count) else { throw fail("expected [begin:end] or [begin:end:step]") }
    guard !bounds[1].isEmpty else { throw fail("the range has no end") }
    let step = bounds.count == 3 ? Int(bounds[2]) : 1
    guard let step, step > 0 else { throw fail("expected a step from 1, got \"\(bounds[2])\"") }
    let (begin, end) = (bounds[0].isEmpty ? "0" : bounds[0], bounds[1])
    let isPadded = begin.count > 1 && begin.first == "0"
    guard !isPadded || begin.count == end.count else {
      throw fail("with leading zeros, both ends of a range have the same length")
    }
    if let first = letters.firstIndex(of: begin), let last = letters.firstIndex(of: end) {
      guard first <= last else { throw fail("\"\(begin)\" comes after \"\(end)\"") }
      return stride(from: first, through: last, by: step).map { letters[$0] }
    }
    guard let first = Int(begin), let last = Int(end), first >= 0 else {
      throw fail("expected two numbers or two letters, got \"\(begin)\" and \"\(end)\"")
    }
    guard first <= last else { throw fail("\(begin) is more than \(end)") }
    guard (last - first) / step < limit else { throw fail("more than \(limit) hosts") }
    return stride(from: first, through: last, by: step).map { number in
      let digits = String(number)
      return isPadded ? String(repeating: "0", count: max(0, begin.count - digits.count)) + digits : digits
    }
  }
}
