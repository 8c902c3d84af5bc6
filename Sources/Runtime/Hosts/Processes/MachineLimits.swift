#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The limits that this computer sets for the process.
package enum MachineLimits {
  /// Descriptors of one host at its busiest: login, root's shell, a rehearsal, a proof, the channel of an upload.
  static let descriptorsOfHost = 20
  /// Descriptors of the process itself, and of this computer's own shell.
  static let descriptorsOfProcess = 24
  /// More is never needed. Programs that close all descriptors up to the limit would take long with a limit of a
  /// thousand million, which containers have.
  private static let mostDescriptors: rlim_t = 65_536

  /// Raises the soft limit of descriptors to the hard one.
  package static func raiseDescriptors() {
    guard var limit = descriptorLimit() else { return }
    let wanted = min(limit.rlim_max, mostDescriptors)
    guard wanted > limit.rlim_cur else { return }
    limit.rlim_cur = wanted
    #if canImport(Darwin)
      // The kernel's own limit, of which getrlimit does not tell.
      if setrlimit(openFiles, &limit) != 0 { limit.rlim_cur = min(wanted, rlim_t(OPEN_MAX)) }
    #endif
    _ = setrlimit(openFiles, &limit)
  }

  /// The number of descriptors that the process may have.
  package static var descriptors: Int {
    descriptorLimit().map { Int(min($0.rlim_cur, mostDescriptors)) } ?? Int(mostDescriptors)
  }

  /// The number of hosts for which a number of descriptors lasts.
  ///
  /// - Returns: 0 if not even one host can be worked on.
  package static func hosts(for descriptors: Int) -> Int {
    max(0, (descriptors - descriptorsOfProcess) / descriptorsOfHost)
  }

  /// The number of descriptors for a number of hosts.
  package static func descriptors(for hosts: Int) -> Int { hosts * descriptorsOfHost + descriptorsOfProcess }

  private static func descriptorLimit() -> rlimit? {
    var limit = rlimit()
    return getrlimit(openFiles, &limit) == 0 ? limit : nil
  }

  #if canImport(Glibc)
    private static let openFiles = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  #else
    private static let openFiles = RLIMIT_NOFILE
  #endif
}
