import Diagnosis

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A report as one self-contained page: hosts and steps, changes, failures by cause, times. No script, nothing from
/// elsewhere.
struct ReportPage {
  let document: ReportDocument

  var text: String {
    let matrix = ReportMatrix(document: document)
    let title = "\(document.plan ? "Plan of " : "")\(document.recipe)"
    return """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <title>\(title.html): \(document.outcome.html)</title>
      <style>
      \(ReportStyle.text)
      </style>
      </head>
      <body>
      <header>
      <h1>\(title.html) <span class="badge \(badge)">\(outcome.html)</span></h1>
      <p>\(document.summary.html)</p>
      <p class="facts">\(facts.map(\.html).joined(separator: " · "))</p>
      </header>
      <main>
      \(section("Failures", failures))\
      \(section("Not begun", names(document.notBegun)))\
      \(section("Steps by hand", manual))\
      \(section(matrix.headline, matrix.text))\
      \(section("What was done", ReportHosts(document: document).text))\
      \(section("Warnings", list(document.warnings)))\
      \(section("Next", list(next)))\
      \(section("Undo cannot reverse", list(Irrevocable.lines(document.irrevocable))))\
      </main>
      <footer>\(footer)</footer>
      </body>
      </html>

      """
  }

  private var outcome: String { document.outcome.replacing("-", with: " ") }

  private var badge: String {
    switch document.outcome {
    case "applied": "good"
    case "unchanged": "quiet"
    case "pending", "cancelled": "mild"
    default: "bad"
    }
  }

  private var facts: [String] {
    let hosts = document.hosts.filter { $0.host != "here" }
    func total(_ field: (ReportDocument.Host) -> Int) -> Int { document.hosts.map(field).reduce(0, +) }
    var parts = [counted(hosts.count, "host")]
    for result in ReportDocument.Host.Result.allCases {
      let count = hosts.count { $0.result == result }
      if count > 0, hosts.count > 1 { parts.append("\(count) \(result.text)") }
    }
    let isPlan = document.plan
    parts.append(counted(total(\.changed), isPlan ? "change to make" : "change", isPlan ? "changes to make" : nil))
    if total(\.perhaps) > 0 { parts.append("\(total(\.perhaps)) perhaps made") }
    if total(\.rolledBack) > 0 { parts.append("\(total(\.rolledBack)) rolled back") }
    if let shards = document.shards {
      parts.append("\(counted(shards.present.count, "shard")) of \(shards.of)")
      let missing = shards.missing.map(String.init).joined(separator: ", ")
      if !missing.isEmpty { parts.append("no report of shard \(missing)") }
    }
    return parts + [Duration.milliseconds(document.milliseconds).text, document.beganText]
  }

  private var failures: String {
    FailureGroup.groups(of: document.failures.map(\.failure)).map { group in
      let hosts = group.hosts
      let isOne = hosts.count < 2
      let example = group.failures.first
      let headline = isOne ? example?.description ?? "" : "\(hosts.count) hosts: \(group.headline)"
      let all = isOne ? "" : names(hosts) + "<p class=\"facts\">Details of \((example?.host ?? "").html):</p>"
      return "<div class=\"failure\"><h3>\(headline.html)</h3>\(all)\(example.map(details) ?? "")</div>\n"
    }.joined()
  }

  private func details(_ failure: Failure) -> String {
    let seen = failure.seen.map { "<p><code>\($0.html)</code></p>" }.joined()
    let fix = failure.fix.map { "<p>\($0.html)</p>" }.joined()
    let rows = [
      ("step", failure.step?.html ?? ""), ("gate", failure.gate?.rawValue.html ?? ""),
      ("cause", failure.explanation?.html ?? ""), ("seen", seen), ("fix", fix),
    ]
    let filled = rows.filter { !$1.isEmpty }.map { "<dt>\($0)</dt><dd>\($1)</dd>" }.joined()
    return filled.isEmpty ? "" : "<dl>\(filled)</dl>"
  }

  private var next: [String] { NextSteps.lines(document.next, hosts: document.hosts.map(\.host)) }

  private var manual: String { list(document.manual.map { "\($0.answer): \($0.title)" }) }

  private var footer: String {
    let id = document.ids.first?.html ?? ""
    let undo =
      document.journals.isEmpty || document.undo
      ? ""
      : "Undo: <code>ssh-recipes undo \(id)</code> where it ran, or <code>ssh-recipes undo --from REPORT.json</code>. "
    return undo + "ssh-recipes \(document.program.html)"
  }

  private func section(_ title: String, _ body: String) -> String {
    body.isEmpty ? "" : "<section>\n<h2>\(title)</h2>\n\(body)</section>\n"
  }

  private func names(_ hosts: [String]) -> String {
    guard !hosts.isEmpty else { return "" }
    let text = "<p class=\"names\">\(hosts.map { "<span>\($0.html)</span>" }.joined(separator: " "))</p>"
    return hosts.count > 40 ? "<details><summary>\(hosts.count) hosts</summary>\(text)</details>" : text
  }

  private func list(_ texts: [String]) -> String {
    texts.isEmpty ? "" : "<ul>\(texts.map { "<li>\($0.html)</li>" }.joined())</ul>\n"
  }
}

extension ReportDocument {
  /// `2026-11-29 17:03 UTC`.
  fileprivate var beganText: String {
    let text = began.formatted(.iso8601)
    return text.prefix(16).replacing("T", with: " ") + " UTC"
  }
}
