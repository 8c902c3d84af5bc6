import Recipes
import Values

/// The repository was reached, but does not provide the requested content.
package enum FetchError: Error, Hashable, Sendable {
  case empty(url: String)
  case noRef(String, url: String, nearest: String?, known: [String], isShortCommit: Bool)
  case ambiguous(String, url: String)
  /// There is a branch with the tag's name, or a tag with the branch's name.
  case otherKind(String, url: String, isTag: Bool)
  /// A path on this computer that does not exist.
  case noFolder(String)
  case noCommit(String, url: String)
  case tooLarge(url: String, limit: Int)
  case noRecipes(url: String, commit: String)
  /// git's output is not as in its manual.
  case unreadable(String)
}

extension FetchError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty(let url): return "\(url) has no default branch; it may be empty. Use --ref to name a tag or branch"
    case .noRef(let ref, let url, let nearest, let known, let isShortCommit):
      let guess =
        isShortCommit
        ? "; for a commit, give the full hash" : Wording.guess(nearest, known: known, of: "tags and branches")
      return "\(url) has no tag or branch \"\(ref)\"" + guess
    case .ambiguous(let ref, let url):
      return "\(url) has a tag and a branch \"\(ref)\"; use refs/tags/\(ref) or refs/heads/\(ref)"
    case .otherKind(let ref, let url, let isTag):
      let (wanted, there) = isTag ? ("tag", "branch") : ("branch", "tag")
      return "\(url) has no \(wanted) \"\(ref)\"; there is a \(there) of that name, which is not equivalent: "
        + "--ref refs/\(isTag ? "heads" : "tags")/\(ref) follows it"
    case .noFolder(let path): return "there is no folder \"\(path)\""
    case .noCommit(let commit, let url):
      return "\(url) does not have the commit \(commit): no branch or tag leads to it, and the server lacks it"
    case .tooLarge(let url, let limit):
      return "\(url) sends more than \(limit >> 20) MB, which no collection of recipes needs; the fetch was stopped"
    case .noRecipes(let url, let commit):
      return "\(url) has no recipes: there is no file below recipes/ in commit \(commit.prefix(12))"
    case .unreadable(let why): return "the fetched data cannot be read: \(why)"
    }
  }
}
