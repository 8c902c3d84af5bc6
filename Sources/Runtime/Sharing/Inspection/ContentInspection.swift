/// Judges the bytes of a repository, before anything of it is written or loaded.
public enum ContentInspection {
  public static func inspect(_ contents: RepositoryContents) throws(RepositoryProblem) {}
}
