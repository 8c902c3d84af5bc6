import Values

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Several reports as one: the shards of a command, or a command and its repetition on the failed hosts.
struct ReportMerge {
  private(set) var document: ReportDocument
  /// Remarks about shards and hosts in several reports.
  private(set) var remarks: [String] = []

  /// - Parameter documents: each with its file's name.
  /// - Throws: ``CommandFailure`` for reports of different recipes or different numbers of shards.
  init(_ documents: [(path: String, document: ReportDocument)]) throws(CommandFailure) {
    let sorted = documents.sorted { $0.document.began < $1.document.began }
    guard let first = sorted.first else { throw CommandFailure("there is no report to merge") }
    try Self.check(sorted)
    document = first.document
    guard sorted.count > 1 else { return }
    for (_, next) in sorted.dropFirst() { add(next) }
    let outcome = document.report.outcome
    document.outcome = outcome.rawValue
    document.status = Int(ExitStatus(outcome).rawValue)
  }

  private static func check(_ documents: [(path: String, document: ReportDocument)]) throws(CommandFailure) {
    guard let first = documents.first else { return }
    for (path, next) in documents {
      func differ(_ what: String, _ expected: String, _ got: String) -> CommandFailure {
        CommandFailure(
          "the reports do not belong together: \"\(first.path)\" has \(what) \(expected), and \"\(path)\" \(got)")
      }
      if next.recipe != first.document.recipe {
        throw differ("the recipe", "\"\(first.document.recipe)\"", "\"\(next.recipe)\"")
      }
      if next.plan != first.document.plan {
        throw differ("a", first.document.plan ? "plan" : "run", next.plan ? "a plan" : "a run")
      }
      if next.shards?.of != first.document.shards?.of, next.shards != nil, first.document.shards != nil {
        throw differ("shards of", "\(first.document.shards?.of ?? 0)", "\(next.shards?.of ?? 0)")
      }
    }
  }

  /// Adds a later report, which replaces the earlier results of the same hosts.
  private mutating func add(_ next: ReportDocument) {
    let next = next.numbered(after: document.lastCall)
    if let shards = next.shards {
      let twice = shards.present.filter { document.shards?.present.contains($0) == true }
      remarks += twice.map { "shard \($0)/\(shards.of) is there twice; the later report counts" }
      document.shards = ReportDocument.Shards(
        of: shards.of, present: Set((document.shards?.present ?? []) + shards.present).sorted())
    }
    let names = Set(next.hosts.map(\.host)).subtracting(["here"])
    let again = document.hosts.map(\.host).filter(names.contains)
    if !again.isEmpty, next.shards == nil {
      remarks.append("\(counted(again.count, "host")) in several reports; the latest counts")
    }
    document.ids = (document.ids + next.ids).unique
    document.hosts = document.hosts.filter { !names.contains($0.host) } + next.hosts
    let failures = document.failures.compactMap { $0.without(names) }
    document.failures = failures + next.failures
    document.notBegun = document.notBegun.filter { !names.contains($0) } + next.notBegun
    document.unfinished = document.unfinished.filter { !names.contains($0) } + next.unfinished
    document.irrevocable = (document.irrevocable + next.irrevocable).unique
    let end = max(document.end, next.end)
    document.milliseconds = Int((end.timeIntervalSince(document.began) * 1000).rounded())
    document.leftAlone += next.leftAlone
    document.kept += next.kept
    document.caught += next.caught
    document.manual += next.manual
    document.warnings = (document.warnings + next.warnings).unique
    document.next = (document.next + next.next).unique
    document.journals += next.journals.filter { !document.journals.contains($0) }
  }

  /// The shards without a report, in a sentence.
  var missing: String? {
    guard let shards = document.shards, !shards.missing.isEmpty else { return nil }
    let names = shards.missing.map { "\($0)/\(shards.of)" }
    return "no report of shard \(names.joined(separator: ", "))"
  }
}

extension ReportDocument {
  fileprivate var lastCall: Int { hosts.flatMap(\.steps).flatMap(\.calls).map(\.id).max() ?? 0 }

  /// The same with other numbers for calls, since each command counts from 1.
  fileprivate func numbered(after last: Int) -> ReportDocument {
    var document = self
    document.failures = failures.map { $0.numbered(after: last) }
    for host in hosts.indices {
      for step in hosts[host].steps.indices {
        for call in hosts[host].steps[step].calls.indices {
          document.hosts[host].steps[step].calls[call].id += last
          document.hosts[host].steps[step].calls[call].failure = hosts[host].steps[step].calls[call].failure?.numbered(
            after: last)
        }
      }
    }
    return document
  }

  fileprivate var end: Date { began.addingTimeInterval(Double(milliseconds) / 1000) }
}

extension FailureDocument {
  fileprivate func numbered(after last: Int) -> FailureDocument {
    var failure = self
    failure.action = action.map { $0 + last }
    failure.failures = failures.map { $0.numbered(after: last) }
    return failure
  }

  /// The failure without the parts on some hosts; `nil` if no part is left.
  fileprivate func without(_ hosts: Set<String>) -> FailureDocument? {
    guard !failures.isEmpty else { return host.map(hosts.contains) == true ? nil : self }
    var rest = self
    rest.failures = failures.compactMap { $0.without(hosts) }
    return rest.failures.isEmpty ? nil : rest
  }
}
