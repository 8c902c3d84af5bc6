/// What was done on each host: changes, observations and failures with their differences and times. Items that were as
/// wanted are counted.
struct ReportHosts {
  let document: ReportDocument

  var text: String { document.sortedHosts.map(text).joined() }

  private func text(_ host: ReportDocument.Host) -> String {
    let steps = host.steps.map(text).joined()
    let facts = [host.platform, host.method.map { "by \($0)" }].compactMap(\.self).joined(separator: ", ")
    let notes = host.notes.map { "<li class=\"note\">\($0.html)</li>" }.joined()
    guard !steps.isEmpty || !notes.isEmpty else { return "" }
    let open = host.result == .failed || document.hosts.count <= 3 ? " open" : ""
    return """
      <details class="work \(host.result.rawValue)"\(open)>
      <summary><span class="host">\(host.host.html)</span> <span class="facts">\(counts(host).html)</span></summary>
      \(facts.isEmpty ? "" : "<p class=\"facts\">\(facts.html)</p>")<ul>\(steps)\(notes)</ul>
      </details>

      """
  }

  private func counts(_ host: ReportDocument.Host) -> String {
    var parts: [String] = host.result == .failed ? ["failed"] : []
    if host.changed > 0 { parts.append("\(host.changed) \(document.plan ? "to change" : "changed")") }
    if host.perhaps > 0 { parts.append("\(host.perhaps) perhaps") }
    if host.rolledBack > 0 { parts.append("\(host.rolledBack) rolled back") }
    if host.unchanged > 0 { parts.append("\(host.unchanged) as wanted") }
    return parts.joined(separator: ", ")
  }

  private func text(_ step: ReportDocument.Step) -> String {
    let calls = step.calls.filter { $0.state != "read" }
    guard !calls.isEmpty else { return "" }
    let lines = calls.map { call in
      let (mark, style) =
        switch call.state {
        case "changed": ("✓", "c")
        case "failed": ("✗", "f")
        case "seen": call.good == false ? ("!", "w") : ("✓", "c")
        default: ("·", "u")
        }
      let time =
        call.milliseconds >= 1000
        ? " <span class=\"facts\">\(Duration.milliseconds(call.milliseconds).text)</span>" : ""
      let diff = call.diff.map { "<pre>\(Self.colored($0))</pre>" } ?? ""
      return "<li><b class=\"\(style)\">\(mark)</b> \(call.what.html)\(time)\(diff)</li>"
    }
    let title = step.title.map { "<h4>\($0.html)</h4>" } ?? ""
    return "<li class=\"step\">\(title)<ul>\(lines.joined())</ul></li>"
  }

  private static func colored(_ diff: String) -> String {
    diff.visibleLines.map { line in
      let style = line.hasPrefix("+") ? "c" : line.hasPrefix("-") ? "f" : "u"
      return "<span class=\"\(style)\">\(line.html)</span>"
    }.joined(separator: "\n")
  }
}

extension ReportDocument {
  /// The hosts that need attention first.
  var sortedHosts: [Host] {
    let order: [Host.Result] = [.failed, .notBegun, .pending, .changed, .unchanged]
    return hosts.enumerated().sorted { first, second in
      let places = [first, second].map { order.firstIndex(of: $0.element.result) ?? 0 }
      return (places[0], first.offset) < (places[1], second.offset)
    }.map(\.element)
  }
}

extension ReportDocument.Host.Result {
  var text: String {
    switch self {
    case .changed, .unchanged, .failed: rawValue
    case .pending: "would change"
    case .notBegun: "not begun"
    }
  }
}

extension StringProtocol {
  /// The text for HTML, with control characters shown as escapes.
  var html: String {
    visible.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
