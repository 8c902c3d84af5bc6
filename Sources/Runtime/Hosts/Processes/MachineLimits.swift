#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// This computer's limits for the process.
package enum MachineLimits {
  /// Descriptors of one host at its busiest: login, root's shell, a rehearsal, a proof, the channel of an upload.
  static let descriptorsOfHost = 20
  /// Descriptors of the program, and of the shell of this computer.
  static let descriptorsOfProcess = 24
  /// More descriptors are never needed. Containers may have a limit of a thousand million, and programs that close all
  /// descriptors up to the limit would take long.
  private static let mostDescriptors: rlim_t = 65_536

  /// Raises the soft limit of descriptors to the hard limit.
  package static func raiseDescriptors() {
    guard var limit = descriptorLimit() else { return }
    let wanted = min(limit.rlim_max, mostDescriptors)
    guard wanted > limit.rlim_cur else { return }
    limit.rlim_cur = wanted
    #if canImport(Darwin)
      // The kernel has another limit, unknown to getrlimit.
      if setrlimit(openFiles, &limit) != 0 { limit.rlim_cur = min(wanted, rlim_t(OPEN_MAX)) }
    #endif
    _ = setrlimit(openFiles, &limit)
  }

  /// The number of descriptors allowed to the process.
  package static var descriptors: Int {
    descriptorLimit().map { Int(min($0.rlim_cur, mostDescriptors)) } ?? Int(mostDescriptors)
  }

  /// The number of hosts at once for a number of descriptors.
  ///
  /// - Returns: 0 if the descriptors are too few for one host.
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
