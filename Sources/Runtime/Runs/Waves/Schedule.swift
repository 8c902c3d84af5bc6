/// The order of a command's hosts, and the patience with failing hosts.
package struct Schedule: Sendable, Hashable {
  /// The sizes of the waves; the last size counts for all further waves. Empty for a single wave.
  package var serial: [HostShare]
  /// With more failed hosts than this number, no further host is begun.
  package var maxFail: HostShare?
  /// The number of further attempts after a temporary failure.
  package var retries: Int
  /// The time limit for each attempt on a host.
  package var hostTimeout: Duration?

  package init(
    serial: [HostShare] = [], maxFail: HostShare? = nil, retries: Int = 0, hostTimeout: Duration? = nil
  ) {
    self.serial = serial
    self.maxFail = maxFail
    self.retries = retries
    self.hostTimeout = hostTimeout
  }

  /// The sizes of the waves for a number of hosts, each at least 1.
  func waves(of total: Int) -> [Int] {
    guard !serial.isEmpty else { return total > 0 ? [total] : [] }
    var sizes: [Int] = []
    var rest = total
    while rest > 0 {
      let size = min(rest, max(1, serial[min(sizes.count, serial.count - 1)].hosts(of: total)))
      sizes.append(size)
      rest -= size
    }
    return sizes
  }

  /// The most hosts that may fail; `nil` if no number of failures ends the command.
  func mostFailed(of total: Int) -> Int? { maxFail?.hosts(of: total) }

  /// The longest wait for an earlier attempt at the same shard.
  static let patienceWithOwnShard = Duration.seconds(600)

  /// The pause before a further attempt: 1, 2, 4 … seconds, 30 at most.
  static func pause(before attempt: Int) -> Duration { .seconds(min(30, 1 << min(max(attempt - 2, 0), 5))) }
}

/// The error for `--serial` with a recipe that works on all hosts in a single run.
package struct OneRunError: Error, Hashable, CustomStringConvertible {
  let hosts: Int

  package var description: String {
    "--serial: the recipe works on its \(hosts) hosts in one run, so there are no waves; leave it out"
  }
}
