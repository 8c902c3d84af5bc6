import Recipes
import Sharing

/// Turns errors about repositories into ``CommandFailure``, each with its exit status.
enum SharingFailure {
  /// - Parameter repository: the name of the repository, put in front of errors that do not name it themselves.
  static func from(_ error: any Error, of repository: String? = nil) -> CommandFailure {
    func about(_ error: any Error, _ status: ExitStatus) -> CommandFailure {
      CommandFailure((repository.map { "the repository \"\($0)\": " } ?? "") + "\(error)", status: status)
    }
    switch error {
    case let error as CommandFailure: return error
    case let error as AlteredRepository:
      let install = "ssh-recipes repo install --locked\(error.scope?.option ?? "")"
      return CommandFailure(
        "\(error)\n  fix     \(install)   fetches it again",
        status: error.isOnlyMissing ? .failed : .altered)
    case let error as SharingError:
      switch error {
      case .otherContent, .otherSigner: return CommandFailure(error, status: .altered)
      default: return CommandFailure(error, status: .failed)
      }
    case let error as LockFileError:
      if case .malformed = error { return CommandFailure(error, status: .altered) }
      return CommandFailure(error)
    case is RepositoryProblem: return about(error, .altered)
    case GitError.cancelled: return about(error, .cancelled)
    case is GitError, is FetchError, is RecipeError: return about(error, .failed)
    case let error as RecipeNotFound:
      return CommandFailure("\(error)\n  fix     ssh-recipes list   shows all recipes")
    case let error as UnknownRepository:
      return CommandFailure("\(error)\n  fix     ssh-recipes repo list   shows all repositories")
    case is CancellationError: return CommandFailure("cancelled", status: .cancelled)
    case is any CustomStringConvertible: return about(error, .usage)
    default: return about(error, .failed)
    }
  }
}
