import Diagnosis

extension Failure {
  /// Whether the same may succeed a moment later without any help: the host was out of reach or busy, or something took
  /// too long. A second try of a refused login would only be counted by the host.
  var mayPass: Bool {
    let lasting: [Cause] = [.oldAlgorithms, .jumpForbids, .proxyCommand]
    if let cause, lasting.contains(cause) { return false }
    guard kind == .parallel else { return [.unreachable, .timeout, .lost, .busy].contains(kind) }
    return !failures.isEmpty && failures.allSatisfy(\.mayPass)
  }
}
