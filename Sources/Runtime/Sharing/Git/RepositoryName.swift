/// What a repository is called here: the part before the slash in `run acme/close`.
public enum RepositoryName {
  /// What `run` calls the recipes that are in no repository.
  public static let bundled = "bundled"
  public static let own = "own"
  static let reserved: Set<String> = [bundled, own]

  /// A lower-case letter or digit, then those, `-` and `_`: at most 40, so that it is a folder's name everywhere.
  public static func isValid(_ name: String) -> Bool {
    guard let first = name.first, first.isLetter || first.isNumber else { return false }
    return name.count <= 40 && name.allSatisfy(isAllowed) && !reserved.contains(name)
  }

  static func isAllowed(_ letter: Character) -> Bool {
    ("a"..."z").contains(letter) || ("0"..."9").contains(letter) || letter == "-" || letter == "_"
  }
}
