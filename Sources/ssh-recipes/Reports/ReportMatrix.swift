import Values

/// The hosts of a report and their steps, with a row for each host and a column for each step.
struct ReportMatrix {
  let document: ReportDocument

  /// The titles of all steps, in the order of their first use; hosts may take different ways through a recipe.
  private var titles: [String] {
    let titles = document.hosts.flatMap(\.steps).map { $0.title ?? "" }.unique
    // Without steps, the result of a host says it all.
    return titles == [""] ? [] : titles
  }

  var headline: String { titles.isEmpty ? "Hosts" : "Hosts and steps" }

  var text: String {
    let titles = titles
    let hosts = document.sortedHosts
    guard !hosts.isEmpty else { return "" }
    let legend = titles.map { "<li>\($0.isEmpty ? "before the first step" : $0.html)</li>" }.joined()
    let heads = titles.indices.map { "<th title=\"\(titles[$0].html)\">\($0 + 1)</th>" }.joined()
    let rows = hosts.map { host in row(host, titles) }.joined(separator: "\n")
    return """
      \(titles.isEmpty ? "" : key(legend))<div class="scroll"><table>
      <thead><tr><th class="host">Host</th><th></th>\(heads)<th class="time">Time</th></tr></thead>
      <tbody>
      \(rows)
      </tbody></table></div>

      """
  }

  private func key(_ legend: String) -> String {
    """
    <ol class="legend">\(legend)</ol>
    <p class="key"><b class="c">✓</b> changed <b class="u">·</b> as wanted <b class="r">○</b> looked \
    <b class="f">✗</b> failed</p>

    """
  }

  private func row(_ host: ReportDocument.Host, _ titles: [String]) -> String {
    let cells = titles.map { title in cell(host.steps.filter { ($0.title ?? "") == title }.flatMap(\.calls)) }
    let attempts = host.attempts > 1 ? " (\(host.attempts) attempts)" : ""
    return "<tr class=\"\(host.result.rawValue)\"><th class=\"host\" scope=\"row\">\(host.host.html)</th>"
      + "<td class=\"result\">\(host.result.text)\(attempts)</td>\(cells.joined())"
      + "<td class=\"time\">\(Duration.milliseconds(host.milliseconds).text)</td></tr>"
  }

  private func cell(_ calls: [ReportDocument.Call]) -> String {
    guard !calls.isEmpty else { return "<td></td>" }
    let title = calls.map(\.what).joined(separator: "\n").html
    let marks = [("failed", "✗", "f"), ("changed", "✓", "c"), ("unchanged", "·", "u")]
    let (_, mark, style) = marks.first { state, _, _ in calls.contains { $0.state == state } } ?? ("", "○", "r")
    return "<td class=\"mark\" title=\"\(title)\"><b class=\"\(style)\">\(mark)</b></td>"
  }
}
