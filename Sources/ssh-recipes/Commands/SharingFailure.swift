import Recipes
import Sharing

/// What can be wrong with a repository, as a command says it, and with which exit status it ends.
enum SharingFailure {
  /// - Parameter repository: the name of the one that it is about, where there may be several; for errors that do not say
  ///   which.
  static func from(_ error: any Error, of repository: String? = nil) -> CommandFailure {
    func about(_ error: any Error, _ status: ExitStatus) -> CommandFailure {
      CommandFailure((repository.map { "the repository \"\($0)\": " } ?? "") + "\(error)", status: status)
    }
    switch error {
    case let error as CommandFailure: return error
    case let error as AlteredRepository:
      let install = "ssh-recipes repo install --locked\(error.scope?.option ?? "")"
      return CommandFailure(
        "\(error)\n  fix     \(install)   fetches again what the lock file pins",
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
      return CommandFailure("\(error)\n  fix     ssh-recipes list   shows what there is")
    case let error as UnknownRepository:
      return CommandFailure("\(error)\n  fix     ssh-recipes repo list   shows what there is")
    case is CancellationError: return CommandFailure("cancelled", status: .cancelled)
    case is any CustomStringConvertible: return about(error, .usage)
    default: return about(error, .failed)
    }
  }
}
