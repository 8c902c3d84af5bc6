import Diagnosis

/// Failures of several hosts with one cause.
struct FailureGroup {
  private struct Key: Hashable {
    var kind: String
    var cause: String?
    var step: String?
    /// `nil` if a cause is known.
    var message: String?
  }

  /// In the order of their ends; at least one.
  let failures: [Failure]

  var hosts: [String] {
    var seen: Set<String> = []
    return failures.compactMap(\.host).filter { seen.insert($0).inserted }
  }

  /// The message without the name of the example's host.
  var headline: String { failures.first.map(Self.impersonal) ?? "" }

  /// - Returns: the largest groups first.
  static func groups(of failures: [Failure]) -> [FailureGroup] {
    var order: [Key] = []
    var members: [Key: [Failure]] = [:]
    for failure in failures.flatMap({ $0.failures.isEmpty ? [$0] : $0.failures }) {
      let key = Key(
        kind: failure.kindName, cause: failure.cause?.id, step: failure.step,
        message: failure.cause == nil ? impersonal(failure) : nil)
      if members[key] == nil { order.append(key) }
      members[key, default: []].append(failure)
    }
    let groups = order.map { FailureGroup(failures: members[$0] ?? []) }
    return groups.enumerated().sorted {
      ($1.element.failures.count, $0.offset) < ($0.element.failures.count, $1.offset)
    }
    .map(\.element)
  }

  /// The message with `HOST` in place of the host's names.
  private static func impersonal(_ failure: Failure) -> String {
    guard let host = failure.host, !host.isEmpty else { return failure.message }
    let address = host.split(separator: "@").last.map(String.init) ?? host
    let bare = address.split(separator: ":").first.map(String.init) ?? address
    return [host, address, bare].reduce(failure.message) { $0.replacingName($1, with: "HOST") }
  }
}
