/// Names of roles and parameters, as used in `hosts.name`, `params.name` and `--set name=value`.
enum DeclaredName {
  private static let keywords: Set<String> = [
    "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "goto", "if", "in", "local", "nil",
    "not",
    "or", "repeat", "return", "then", "true", "until", "while",
  ]

  static func isValid(_ name: String) -> Bool {
    guard let first = name.unicodeScalars.first, ("a"..."z").contains(first), !keywords.contains(name) else {
      return false
    }
    return name.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
  }

  static func check(_ name: String, among taken: [String], place: String) throws(DeclarationProblem) {
    guard isValid(name) else { throw .badName(name, place: place) }
    guard !taken.contains(name) else { throw .duplicate(name, place: place) }
  }
}
