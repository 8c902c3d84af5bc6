import ArgumentParser
import Recipes
import Runs

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Show reports, or merge the reports of shards.",
    discussion: """
      Reports are written by --report FILE.json. Shards that are missing or there twice are named; for a host in several \
      reports, the latest counts. The exit status is that of a run with all these hosts, and 1 if a shard is missing.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, junit, html, failed }

  @Argument(
    help: ArgumentHelp("Reports in JSON.", valueName: "file"), completion: .file(extensions: ["json"]))
  var files: [String]

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The output: text, json (a report of all), junit, html, or failed (the failed hosts, one a line).",
      valueName: "format"))
  var output = Format.text

  @Option(name: .long, help: ArgumentHelp("Write to a file, whole.", valueName: "file"), completion: .file())
  var to: String?

  @Flag(name: .customLong("remember-failed"), help: "Note the failed hosts for --failed of the next run.")
  var rememberFailed = false

  @Flag(name: [.long, .short], help: "Also print each failure of a group in full.")
  var verbose = false

  func run() async throws {
    var documents: [(path: String, document: ReportDocument)] = []
    for file in files { documents.append((file, try ReportFile.read(file))) }
    let merge = try ReportMerge(documents)
    try write(merge)
    let report = merge.document.report
    let complaints = merge.remarks.map { "note: \($0)" } + (merge.missing.map { ["error: \($0)"] } ?? [])
    for line in complaints { TextStream.standardError.line(line.visible) }
    if rememberFailed { FailedHosts(of: report.recipe).remember(report) }
    let status = ExitStatus(report.outcome)
    throw ExitCode((merge.missing != nil && status == .done ? .failed : status).rawValue)
  }

  private func write(_ merge: ReportMerge) throws {
    let document = merge.document
    let bytes: [UInt8] =
      switch output {
      case .text: Array(ReportText.text(document, from: files, isNoted: rememberFailed, isVerbose: verbose).utf8)
      case .json: try ReportFile.bytes(document, as: .json)
      case .junit: try ReportFile.bytes(document, as: .junit)
      case .html: try ReportFile.bytes(document, as: .html)
      case .failed: Array(document.unfinished.map { $0.visible + "\n" }.joined().utf8)
      }
    guard let to else { return TextStream.standardOutput.write(String(decoding: bytes, as: UTF8.self)) }
    do {
      try DurableFile.makeFolder(LocalFiles.parent(of: to))
      try DurableFile.write(bytes, to: to)
    } catch { throw CommandFailure("\"\(to)\" cannot be written: \(error)", status: .failed) }
  }
}
