extension String {
  /// `host:port` of `user@host:port`.
  var withoutAccount: String { split(separator: "@").last.map(String.init) ?? self }

  /// Replaces a host's name where it stands alone, and not as a part of another name or word.
  func replacingName(_ name: String, with other: String) -> String {
    guard !name.isEmpty else { return self }
    var result = ""
    var rest = self[...]
    while let range = rest.firstRange(of: name) {
      let before = rest[..<range.lowerBound].last ?? result.last
      let after = rest[range.upperBound...].prefix(2)
      let isPart = before.map { $0.isOfName || $0 == "." } == true || after.goesOnAsName
      result += rest[..<range.lowerBound] + (isPart ? name : other)
      rest = rest[range.upperBound...]
    }
    return result + rest
  }

  func containsName(_ name: String) -> Bool { contains(name) && replacingName(name, with: "") != self }
}

extension Character {
  fileprivate var isOfName: Bool { isLetter || isNumber || self == "-" || self == "_" }
}

extension Substring {
  /// Whether a name before this text continues in the text; a full stop may also end a sentence.
  fileprivate var goesOnAsName: Bool {
    guard let first else { return false }
    return first.isOfName || first == "." && dropFirst().first?.isOfName == true
  }
}
