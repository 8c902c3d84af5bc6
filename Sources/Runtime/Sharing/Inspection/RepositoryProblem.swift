/// Why a repository's contents are not taken.
public enum RepositoryProblem: Error, Hashable, Sendable {}

extension RepositoryProblem: CustomStringConvertible {
  public var description: String { switch self {} }
}
