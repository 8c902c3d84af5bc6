import Hosts

/// The number of hosts at once: the wanted number, or less under a low limit of descriptors on this computer.
struct HostsAtOnce: Equatable {
  var number: Int
  /// The reason for a smaller number than wanted, in a line.
  var note: String?

  /// - Parameters:
  ///   - wanted: the value of `--forks`.
  ///   - hosts: how many hosts there are.
  ///   - descriptors: how many descriptors the program may have.
  /// - Throws: ``CommandFailure`` if the descriptors do not last for a single host.
  init(wanted: Int, hosts: Int, descriptors: Int = MachineLimits.descriptors) throws(CommandFailure) {
    let allowed = MachineLimits.hosts(for: descriptors)
    guard allowed > 0 else {
      throw CommandFailure(
        "this computer lets the program have \(descriptors) open files, and one host needs "
          + "\(MachineLimits.descriptors(for: 1))\n  try: raise the limit: ulimit -n \(MachineLimits.descriptors(for: 50))",
        status: .failed)
    }
    number = min(wanted, allowed)
    let atOnce = min(wanted, hosts)
    guard allowed < atOnce else { return }
    note =
      "note: \(allowed) hosts at once instead of \(atOnce), since this computer lets the program have \(descriptors) "
      + "open files; for more: ulimit -n \(MachineLimits.descriptors(for: atOnce))"
  }
}
