import Diagnosis
import Values

/// Failures of several hosts with one cause.
struct FailureGroup {
  private struct Key: Hashable {
    var kind: String
    var cause: String?
    var step: String?
    /// `nil` if a cause is known.
    var message: String?
  }

  /// In the order of the hosts on the command line; at least one.
  let failures: [Failure]

  /// By name, and by the numbers in names: `web2` before `web10`.
  var hosts: [String] { failures.compactMap(\.host).unique.sorted(by: Self.isBefore) }

  /// The message without the name of the example's host.
  var headline: String { failures.first.map(Self.impersonal) ?? "" }

  private static func isBefore(_ left: String, _ right: String) -> Bool {
    let (first, second) = (parts(left), parts(right))
    for (left, right) in zip(first, second) where left != right {
      guard let one = Int(left), let other = Int(right), one != other else { return left < right }
      return one < other
    }
    return first.count < second.count
  }

  /// The runs of digits and of other characters.
  private static func parts(_ name: String) -> [Substring] {
    name.matches(of: /[0-9]+|[^0-9]+/).map(\.output)
  }

  /// - Returns: the largest groups first.
  static func groups(of failures: [Failure]) -> [FailureGroup] {
    let groups = failures.flatMap(\.parts).grouped { failure in
      Key(
        kind: failure.kindName, cause: failure.cause?.id, step: failure.step,
        message: failure.cause == nil ? impersonal(failure) : nil)
    }
    let largestFirst = groups.enumerated().sorted {
      ($1.element.members.count, $0.offset) < ($0.element.members.count, $1.offset)
    }
    return largestFirst.map { FailureGroup(failures: $0.element.members) }
  }

  /// The message with `HOST` in place of the host's names.
  private static func impersonal(_ failure: Failure) -> String {
    guard let host = failure.host, !host.isEmpty else { return failure.message }
    let address = host.withoutAccount
    let bare = address.split(separator: ":").first.map(String.init) ?? address
    return [host, address, bare].reduce(failure.message) { $0.replacingName($1, with: "HOST") }
  }
}
