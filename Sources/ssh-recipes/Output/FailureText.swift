import Diagnosis

/// Prints a failure: the host, the step, the cause, the evidence from the host, and fixes. Failures become text only here.
enum FailureText {
  /// Items that do not fit into one line of this width are printed one per line.
  private static let width = 120

  /// - Parameter verbose: whether to add the recipe's traceback and the script's standard error.
  static func lines(_ failure: Failure, style: Style = .plain, verbose: Bool = false) -> [String] {
    let head = [failure.host, failure.message].compactMap(\.self).map(\.visible).joined(separator: ": ")
    var lines = [style.bold(style.red("error:")) + " " + head]
    func field(_ name: String, _ items: [String], separator: String) {
      let items = items.filter { !$0.isEmpty }
      guard !items.isEmpty else { return }
      let joined = items.map(\.visible).joined(separator: separator)
      let texts = joined.count + 10 <= width ? [joined] : items.map(\.visible)
      for (index, text) in texts.enumerated() {
        lines.append("  " + (index == 0 ? style.dim(padded(name)) : padded("")) + text)
      }
    }
    field("step", [place(failure)], separator: "")
    field("gate", [failure.gate?.rawValue ?? ""], separator: "")
    field("cause", [failure.explanation ?? ""], separator: "")
    field("seen", seen(failure), separator: "; ")
    if verbose {
      field("stderr", failure.stderr?.visibleLines ?? [], separator: "; ")
      field("at", failure.traceback, separator: " < ")
    }
    field("fix", failure.fix, separator: "   or   ")
    return lines
  }

  private static func place(_ failure: Failure) -> String {
    switch (failure.step, failure.position) {
    case (let step?, let position?): "\(step) (\(position))"
    case (let step?, nil): step
    case (nil, let position?): position
    case (nil, nil): ""
    }
  }

  private static func seen(_ failure: Failure) -> [String] {
    if !failure.seen.isEmpty { return failure.seen }
    var items = failure.stderr?.split(whereSeparator: \.isNewline).suffix(3).map(String.init) ?? []
    if let status = failure.status { items.append("exit status \(status)") }
    return items
  }

  private static func padded(_ name: String) -> String { name + String(repeating: " ", count: max(1, 8 - name.count)) }
}
