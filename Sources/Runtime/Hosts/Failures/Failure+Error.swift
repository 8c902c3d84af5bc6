import Diagnosis

extension Failure {
  /// The failure for any error of the work on a host.
  ///
  /// - Parameter target: the host's address; `nil` for this computer, or to leave the host unnamed.
  package init(describing error: any Error, target: Target? = nil) {
    switch error {
    case let error as Failure: self = error
    case let error as WriteError: self.init(error)
    case let error as HostError: self.init(error, target: target)
    case is CancellationError: self.init(.cancelled, "the run was cancelled")
    default: self.init(.failed, String(describing: error))
    }
  }
}
