extension ConsentStore.Verdict {
  /// What the person is asked before a recipe of somebody else runs; `nil` when nothing has to be asked.
  ///
  /// - Parameters:
  ///   - name: the recipe's, as `show` takes it.
  ///   - source: where it came from.
  public func question(name: String, source: String, needs: Set<Permission>) -> Question? {
    let lead: String
    var lines: [String] = []
    switch self {
    case .granted: return nil
    case .first:
      lead = "The recipe \"\(name)\" came from \(source). It wants to"
      lines = Self.lines(needs)
    case .changed(let gained) where gained.isEmpty:
      lead = "The recipe \"\(name)\" from \(source) has changed since you agreed to it. It wants to, as before"
      lines = Self.lines(needs)
    case .changed(let gained):
      lead = "The recipe \"\(name)\" from \(source) has changed since you agreed to it. It now also wants to"
      lines = Self.lines(gained)
    }
    if lines.isEmpty { lines = ["  do nothing but talk"] }
    let text = ([lead] + lines + ["Run it?"]).joined(separator: "\n")
    return Question(text, kind: .confirm, defaultAnswer: "no")
  }

  private static func lines(_ needs: Set<Permission>) -> [String] {
    Permission.allCases.filter(needs.contains).map { "  \($0.meaning)" + ($0.isFarReaching ? "  (!)" : "") }
  }
}

extension Permission {
  /// Whether it leads out of the account's own keys and files, so that `show` and consent call it out.
  public var isFarReaching: Bool { self == .run || self == .root }
}
