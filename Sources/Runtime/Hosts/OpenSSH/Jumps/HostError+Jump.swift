extension HostError {
  /// A failed login to a jump host, as a failure on the way to a target.
  func named(after jump: Target, before target: Target) -> HostError {
    switch self {
    case .cancelled, .jumpHost, .beyondJumpHost, .forwardingRefused: self
    case .secretNeeded(let request): .secretNeeded(JumpSecrets.request(request, on: target.description))
    // No account has been asked for.
    case .unknownHost, .connectionRefused, .unreachable, .connectionTimedOut, .noBanner:
      .jumpHost(Target(host: jump.host, port: jump.port).description, self)
    default: .jumpHost(jump.description, self)
    }
  }

  /// The failure of a shared login, as a failure on the way to another target.
  func shared(with target: Target) -> HostError {
    guard case .secretNeeded(let request) = self else { return self }
    return .secretNeeded(JumpSecrets.request(request, on: target.description))
  }
}
