/// Judges what a commit lists, before a byte of a file is read.
public enum TreeInspection {
  /// - Parameter entries: the whole commit, also what lies outside of `recipes/`.
  public static func inspect(_ entries: [TreeEntry]) throws(RepositoryProblem) {}
}
