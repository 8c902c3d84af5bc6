import Runs

/// The effects on each host, a line each; with many hosts, hosts with the same effects share a line.
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
    let (notBegun, failed) = (Set(report.notBegun), report.failedHosts)
    let begun = report.hosts.filter { !notBegun.contains($0) }
    let lines = (begun + here).map { line($0, isFailed: failed.contains($0)) }
    let shown = lines.count > Self.most ? Self.shared(lines) : lines
    return zip(shown, Table.lines(shown.map { [$0.host, $0.text] })).map { line, text in
      let paint = line.isFailed ? style.red : line.mayHaveChanged ? style.green : style.dim
      return paint("  " + text)
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
      host: host, text: parts.joined(separator: ", "), isFailed: isFailed, mayHaveChanged: tally.mayHaveChanged)
  }

  private static func shared(_ lines: [Line]) -> [Line] {
    lines.grouped(by: \.text).compactMap { _, members in
      guard var line = members.first, members.count > 1 else { return members.first }
      line.host = "\(members.count) hosts"
      return line
    }
  }
}
