/// A number of hosts, or a share of all hosts.
package enum HostShare: Sendable, Hashable {
  case count(Int)
  case percent(Int)

  /// - Parameter text: `5` or `20%`.
  /// - Returns: `nil` for any other text.
  package init?(_ text: some StringProtocol) {
    let isPercent = text.hasSuffix("%")
    guard let number = Int(isPercent ? String(text.dropLast()) : String(text)), number >= 0 else { return nil }
    if isPercent {
      guard number <= 100 else { return nil }
      self = .percent(number)
    } else {
      self = .count(number)
    }
  }

  /// - Returns: the number of hosts, rounded down.
  package func hosts(of total: Int) -> Int {
    switch self {
    case .count(let count): count
    case .percent(let percent): total * percent / 100
    }
  }
}
