import Runs

/// A report as text: failures, hosts and the closing line, as at the end of a run.
enum ReportText {
  /// - Parameters:
  ///   - files: of which the report was merged.
  ///   - isNoted: whether the failed hosts are noted for `--failed`.
  static func text(_ document: ReportDocument, from files: [String], isNoted: Bool, isVerbose: Bool) -> String {
    let style = Style(isColored: TerminalFacts.isColorWanted(1))
    var narrator = Narrator(style: style, detail: isVerbose ? .verbose : .normal, hasMarks: false)
    narrator.undoCommand =
      files.count > 3
      ? "ssh-recipes undo --from FILE, once you have merged them with --output json --to FILE"
      : "ssh-recipes undo" + files.map { " --from \($0.visible)" }.joined()
    let again = "ssh-recipes run \(document.recipe.visible) --failed"
    narrator.repetition = isNoted ? again : "repeat this command with --remember-failed, then \(again)"
    let hosts = document.hosts.map(\.host).filter { $0 != "here" }
    let head = narrator.lines(
      for: .started(recipe: document.recipe, summary: document.summary, hosts: hosts, isPlan: document.plan))
    return (head + narrator.lines(for: .finished(document.report))).map { $0.text + "\n" }.joined()
  }
}
