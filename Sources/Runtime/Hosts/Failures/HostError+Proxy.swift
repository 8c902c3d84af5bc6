import Diagnosis

extension HostError {
  /// The sentence in front of an error on the way to the host; `nil` for the host's own errors.
  var place: String? {
    switch self {
    case .jumpHost(let jump, _): "at the jump host \(jump): "
    case .beyondJumpHost(let jump, _): "seen from the jump host \(jump): "
    default: nil
    }
  }

  /// The diagnosis of a failure on the way to the host.
  func diagnosisOfProxy(_ target: Target?, _ slots: [String: String]) -> Diagnosis? {
    switch self {
    case .jumpHost(let jump, let error):
      return inside(error.diagnosis(target: (try? Target(parsing: jump)) ?? Target(host: jump)))
    case .beyondJumpHost(_, let error): return inside(error.diagnosis(target: target))
    case .forwardingRefused(let jump, let line):
      let more = HostError.place(in: line).merging(["jump": jump]) { $1 }
      return Diagnosis(.jumpForbids, slots.merging(more) { $1 }, seen: [line])
    case .proxyCommand(let command, let said):
      return Diagnosis(
        .proxyCommand, slots.merging(["text": command]) { $1 }, seen: said.isEmpty ? ["it said nothing"] : said)
    default: return nil
    }
  }

  private func inside(_ diagnosis: Diagnosis?) -> Diagnosis? {
    guard var diagnosis, let place else { return diagnosis }
    diagnosis.explanation = place + diagnosis.explanation
    return diagnosis
  }
}
