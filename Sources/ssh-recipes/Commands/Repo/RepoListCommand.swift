import ArgumentParser
import Sharing

struct RepoListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List pinned repositories.")

  @OptionGroup var places: PlacesOptions
  @OptionGroup var output: ListOutput

  func run() async throws {
    let all = try RepoWork.all(places)
    if output.isJSON {
      return ListOutput.write("repo", "repositories", all.map { RecipeJSON.repository($0.repository) })
    }
    guard !all.isEmpty else {
      TextStream.standardOutput.line("No repositories yet. Add one with: ssh-recipes repo add URL")
      return
    }
    var complaints: [CommandFailure] = []
    let rows = all.map { pinned in
      var state = pinned.repository.signer.map { "signed by \($0.shown)" } ?? "not signed"
      do throws(AlteredRepository) {
        if try places.repositories.load(pinned).standing.claimant != nil { state += ", not verified here" }
      } catch {
        complaints.append(SharingFailure.from(error))
        state = error.isOnlyMissing ? "not here yet" : "not what is pinned"
      }
      return [pinned.name, pinned.repository.shortRef, state, pinned.repository.url]
    }
    for line in Table.lines(rows) { TextStream.standardOutput.line(line) }
    if let last = complaints.last { throw CommandFailure(lines: complaints.flatMap(\.lines), status: last.status) }
  }
}
