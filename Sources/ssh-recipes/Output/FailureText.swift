import Diagnosis

/// Prints a failure: the host, the step, the cause, the evidence from the host, and fixes. Failures become text only here.
enum FailureText {
  /// Items that do not fit into one line of this width are printed one per line.
  private static let width = 120
  /// The most lines of evidence: a host's program may write without end.
  private static let mostSeen = 30
  /// The most hosts named for one cause.
  private static let mostNamed = 20

  /// - Parameters:
  ///   - verbose: whether to add the recipe's traceback and the script's standard error.
  ///   - width: the columns to wrap at; commands are never wrapped.
  static func lines(
    _ failure: Failure, style: Style = .plain, verbose: Bool = false, width: Int? = nil
  ) -> [String] {
    let head = [failure.host, failure.message].compactMap(\.self).map(\.visible).joined(separator: ": ")
    let title = wrapped(style.bold(style.red("error:")) + " " + head, width, indent: 7)
    return title + details(failure, style: style, verbose: verbose, width: width)
  }

  /// Several hosts with one cause: the hosts, and the details of the first.
  static func lines(_ group: FailureGroup, style: Style = .plain, width: Int? = nil) -> [String] {
    let hosts = group.hosts
    guard let example = group.failures.first else { return [] }
    let named = hosts.prefix(mostNamed).map(\.visible).joined(separator: ", ")
    let rest = hosts.count > mostNamed ? " … and \(hosts.count - mostNamed) more" : ""
    let head = "\(style.bold(style.red("error:"))) \(hosts.count) hosts: \(group.headline.visible)"
    return wrapped(head, width, indent: 7)
      + wrapped("  " + style.dim(padded("hosts")) + named + rest, width ?? Self.width, indent: 10)
      + ["  " + style.dim("such as \((example.host ?? "").visible):")] + details(example, style: style, width: width)
  }

  private static func details(
    _ failure: Failure, style: Style, verbose: Bool = false, width: Int?
  ) -> [String] {
    var lines: [String] = []
    func field(_ name: String, _ items: [String], separator: String, isCommand: Bool = false) {
      let items = items.filter { !$0.isEmpty }
      guard !items.isEmpty else { return }
      // The separator between fixes says "or" already.
      let parts = items.enumerated().map { index, item in isCommand && index > 0 ? item.droppingOr : item }
      let joined = parts.map(\.visible).joined(separator: separator)
      let texts = joined.count + 10 <= min(width ?? Self.width, Self.width) ? [joined] : items.map(\.visible)
      for (index, text) in texts.enumerated() {
        let line = "  " + (index == 0 ? style.dim(padded(name)) : padded("")) + text
        lines += isCommand ? fix(line, width) : wrapped(line, width, indent: 10)
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
    field("fix", failure.fix, separator: "   or   ", isCommand: true)
    return lines
  }

  /// A sentence is wrapped by words, and a command stays on one line, to be copied.
  private static func fix(_ line: String, _ width: Int?) -> [String] {
    guard let width, WordWrap.visibleWidth(line) > width else { return [line] }
    if let place = line.ranges(of: ": ").last, !line[..<place.lowerBound].contains(" -") {
      let command = String(repeating: " ", count: 10) + line[place.upperBound...]
      return wrapped(String(line[..<place.lowerBound]) + ":", width, indent: 10) + [command]
    }
    let isSentence = ["/", "~", " -", "=", "ssh-recipes "].allSatisfy { !line.contains($0) }
    return isSentence ? wrapped(line, width, indent: 10) : [line]
  }

  private static func wrapped(_ line: String, _ width: Int?, indent: Int) -> [String] {
    width.map { WordWrap.lines(line, width: $0, indent: indent) } ?? [line]
  }

  private static func place(_ failure: Failure) -> String {
    let position = failure.position.map { place in place + (failure.within.map { ", in \($0)" } ?? "") }
    return switch (failure.step, position) {
    case (let step?, let position?): "\(step) (\(position))"
    case (let step?, nil): step
    case (nil, let position?): position
    case (nil, nil): ""
    }
  }

  private static func seen(_ failure: Failure) -> [String] {
    let lines = failure.seen
    guard lines.count <= mostSeen else {
      let end = mostSeen / 3
      return lines.prefix(end) + ["… \(lines.count - 2 * end) lines more …"] + lines.suffix(end)
    }
    if !lines.isEmpty { return lines }
    var items = failure.stderr?.split(whereSeparator: \.isNewline).suffix(3).map(String.init) ?? []
    if let status = failure.status { items.append("exit status \(status)") }
    return items
  }

  private static func padded(_ name: String) -> String { name + String(repeating: " ", count: max(1, 8 - name.count)) }
}

extension String {
  fileprivate var droppingOr: String { hasPrefix("or ") ? String(dropFirst(3)) : self }
}
