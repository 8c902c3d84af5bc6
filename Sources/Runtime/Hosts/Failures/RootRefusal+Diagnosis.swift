import Diagnosis

extension RootRefusal {
  package func diagnosis(_ slots: [String: String]) -> Diagnosis {
    func diagnosis(_ cause: Cause, _ tool: String, _ text: String = "") -> Diagnosis {
      let seen = text.split(whereSeparator: \.isNewline).map(String.init)
      var more = ["tool": tool]
      more["text"] = seen.last.map { "\"\($0)\"" } ?? "not a word"
      return Diagnosis(cause, slots.merging(more) { $1 }, seen: seen)
    }
    switch self {
    case .noTool: return Diagnosis(.noRootTool, slots)
    case .notAllowed(let tool, let text):
      let found = Cause.recognized(in: [text], among: [.sudoLimited, .sudoNotAllowed])
      return diagnosis(found?.cause ?? .sudoNotAllowed, tool, text)
    case .wrongPassword(let tool, let account):
      let isOwn = account == nil ? tool != "su" : account == slots["user"]
      let own = slots["user"].map { "\($0)'s own" } ?? "the account's own"
      let more = ["tool": tool, "whose": isOwn ? own : "\(account ?? "root")'s"]
      return Diagnosis(.sudoWrongPassword, slots.merging(more) { $1 })
    case .wrongAnswers(let tool, let question): return diagnosis(.sudoWrongAnswer, tool, question)
    case .unusable(let tool, let text): return diagnosis(.sudoUnusable, tool, text)
    case .notStarted(let text): return diagnosis(.startupFiles, "sudo", text)
    case .waits(let tool, let text): return diagnosis(.sudoWaits, tool, text)
    case .other(let tool, let text):
      let found = Cause.recognized(in: [text], among: Cause.root)
      return diagnosis(found?.cause ?? .sudoRefused, tool, text)
    }
  }
}
