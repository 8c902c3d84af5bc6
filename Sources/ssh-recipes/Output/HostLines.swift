import Runs

/// The effects on each host, a line each; with many hosts, those with the same effects share a line.
struct HostLines {
  let report: Report
  let style: Style

  /// More hosts than this share lines.
  private static let most = 20

  private struct Line {
    var host: String
    var text: String
    var isFailed: Bool
    var mayHaveChanged: Bool
  }

  var lines: [String] {
    let here = report.byHost["here"]?.mayHaveChanged == true ? ["here"] : []
    let begun = report.hosts.filter(Set(report.hosts).subtracting(report.notBegun).contains)
    let failed = Set(report.failures.flatMap { [$0] + $0.failures }.compactMap(\.host))
    let lines = (begun + here).map { line($0, isFailed: failed.contains($0)) }
    let shown = lines.count > Self.most ? Self.shared(lines) : lines
    let width = shown.map { $0.host.count }.max() ?? 0
    return shown.map { line in
      let name = line.host + String(repeating: " ", count: width - line.host.count)
      let paint = line.isFailed ? style.red : line.mayHaveChanged ? style.green : style.dim
      return paint("  " + name + "  " + line.text)
    }
  }

  private func line(_ host: String, isFailed: Bool) -> Line {
    let tally = report.byHost[host] ?? Tally()
    let changed = report.isPlan ? "would change" : report.isUndo ? "undone" : "changed"
    var parts = ["\(tally.changed) \(changed)"]
    if tally.perhaps > 0 { parts.append("\(tally.perhaps) perhaps") }
    if tally.rolledBack > 0 { parts.append("\(tally.rolledBack) rolled back") }
    parts.append("\(tally.unchanged) unchanged")
    if let undone = report.undone?.byHost[host], undone > 0 { parts.append("\(undone) undone") }
    if isFailed { parts.append("failed") }
    return Line(
      host: host.visible, text: parts.joined(separator: ", "), isFailed: isFailed, mayHaveChanged: tally.mayHaveChanged)
  }

  private static func shared(_ lines: [Line]) -> [Line] {
    var order: [String] = []
    var members: [String: [Line]] = [:]
    for line in lines {
      if members[line.text] == nil { order.append(line.text) }
      members[line.text, default: []].append(line)
    }
    return order.compactMap { members[$0] }.compactMap { group in
      guard var line = group.first, group.count > 1 else { return group.first }
      line.host = "\(group.count) hosts"
      return line
    }
  }
}
