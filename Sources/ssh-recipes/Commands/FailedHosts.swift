import Inventory
import Runs
import Values

/// The hosts on which the last run of a recipe failed, was undone or was not begun, for `--failed`.
struct FailedHosts {
  let recipe: String
  var store = FailedHostsStore(beside: History().path)

  init(of recipe: String) { self.recipe = recipe }

  /// - Parameter targets: the hosts of the command line, or patterns over the failed hosts; none for all.
  /// - Returns: the failed hosts among them, in their order.
  /// - Throws: ``CommandFailure`` if no run is remembered.
  func among(_ targets: [String]) throws -> [String] {
    guard let failed = store.hosts(of: recipe) else {
      throw CommandFailure("--failed: there was no run of \"\(recipe.visible)\" on this computer")
    }
    guard !targets.isEmpty else { return failed }
    var inventory = Inventory()
    for host in failed { inventory.add(host: host, to: "all") }
    let plain = Set(targets).subtracting(failed).filter { !HostPatterns.isPattern($0) }
    let words = targets.filter { !plain.contains($0) }
    guard !words.isEmpty else { return [] }
    do throws(InventoryError) { return try inventory.hosts(matching: words) } catch {
      if case .noMatch = error.problem { return [] }
      throw CommandFailure(error)
    }
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
