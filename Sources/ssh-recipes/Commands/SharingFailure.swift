import Runtime

/// What can be wrong with a repository, as a command says it, and with which exit status it ends.
enum SharingFailure {
  static func from(_ error: any Error) -> CommandFailure {
    switch error {
    case let error as CommandFailure: return error
    case let error as AlteredRepository:
      let install = "ssh-recipes repo install --locked"
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
    case let error as RepositoryProblem: return CommandFailure(error, status: .altered)
    case let error as GitError:
      if case .cancelled = error { return CommandFailure(error, status: .cancelled) }
      return CommandFailure(error, status: .failed)
    case let error as FetchError: return CommandFailure(error, status: .failed)
    case let error as RecipeError: return CommandFailure(error, status: .failed)
    case let error as RecipeNotFound:
      return CommandFailure("\(error)\n  fix     ssh-recipes list   shows what there is")
    case let error as UnknownRepository:
      return CommandFailure("\(error)\n  fix     ssh-recipes repo list   shows what there is")
    case is CancellationError: return CommandFailure("cancelled", status: .cancelled)
    case let error as any CustomStringConvertible: return CommandFailure(error)
    default: return CommandFailure("\(error)", status: .failed)
    }
  }
}
