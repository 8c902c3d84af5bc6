import Runs
import Values

/// The hosts on which the last run of a recipe failed or was not begun, for `--failed`.
struct FailedHosts {
  let recipe: String
  var store = FailedHostsStore(beside: History().path)

  init(of recipe: String) { self.recipe = recipe }

  /// - Parameter targets: the hosts of the command line; none for all.
  /// - Returns: the failed hosts among them, in their order.
  /// - Throws: ``CommandFailure`` if no run is remembered.
  func among(_ targets: [String]) throws -> [String] {
    guard let failed = store.hosts(of: recipe) else {
      throw CommandFailure("--failed: there was no run of \"\(recipe.visible)\" on this computer")
    }
    return targets.isEmpty ? failed : targets.filter(failed.contains)
  }

  func nothingToDo() -> ExitStatus {
    let text = "Nothing to do: the last run of \"\(recipe.visible)\" failed on none of these hosts."
    TextStream.standardOutput.line(text)
    return .done
  }

  /// A run on this computer alone has no hosts to repeat.
  func remember(_ report: Report) {
    guard !report.hosts.isEmpty else { return }
    do { try store.remember(report.unfinished, of: recipe) } catch {
      TextStream.standardError.line("warning: the failed hosts could not be noted for --failed: \(error)".visible)
    }
  }
}
