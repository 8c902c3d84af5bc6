import ArgumentParser
import Sharing

struct RepoUpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Show updates, confirm, and pin them.",
    discussion: """
      An update lists the permissions that recipes would gain. Updates that grant permissions, move a tag, rewrite a branch, \
      go back to an older commit or change the signer need your confirmation or --trust; --yes accepts all others.
      """)

  @Argument(
    help: "A repository name from `repo list`; all repositories if omitted.",
    completion: .custom { _, _, _ in Completions.repositories() })
  var name: String?

  @Option(name: .long, help: ArgumentHelp("Follow another tag, branch or commit from now on.", valueName: "ref"))
  var ref: String?

  @Flag(name: .long, help: "Also show the diffs of all files.")
  var diff = false

  @Flag(name: .long, help: "Show updates and change nothing; the exit status is 2 if there are any.")
  var plan = false

  @Flag(name: .long, help: "Undo the last update; given again, redo it.")
  var undo = false

  @Flag(name: [.long, .short], help: "Pin updates that grant no permissions, without prompting.")
  var yes = false

  @Flag(
    name: .long, help: "Also pin all other updates without prompting."
  )
  var trust = false

  @OptionGroup var places: PlacesOptions

  func validate() throws {
    if ref != nil, name == nil { throw ValidationError("--ref needs the name of a repository") }
    if undo, name == nil { throw ValidationError("--undo needs the name of a repository") }
    if undo, ref != nil || plan || diff {
      throw ValidationError("--undo cannot be combined with --ref, --plan or --diff")
    }
  }

  func run() async throws {
    let all = try name.map { [try RepoWork.find($0, places)] } ?? RepoWork.all(places)
    if all.isEmpty { TextStream.standardOutput.line("No repositories yet. Add one with: ssh-recipes repo add URL") }
    if undo, let pinned = all.first { return try await undo(pinned) }
    let ref = try ref.map { text in
      do { return try RepositoryRef(parsing: text) } catch { throw SharingFailure.from(error) }
    }
    var complaints: [CommandFailure] = []
    var isPending = false
    for pinned in all {
      do { if try await update(pinned, ref) { isPending = true } } catch let failure as CommandFailure {
        complaints.append(failure)
      }
    }
    if let worst = complaints.max(by: { $0.status.rawValue < $1.status.rawValue }) {
      throw CommandFailure(lines: complaints.flatMap(\.lines), status: worst.status)
    }
    if isPending { throw ExitCode(ExitStatus.pending.rawValue) }
  }

  private func undo(_ pinned: Repositories.Pinned) async throws {
    let now = try await RepoWork.run(places, on: pinned) { try $0.undoUpdate(pinned) }
    TextStream.standardOutput.line(
      "\(pinned.name)  \(pinned.repository.shortRef.visible) -> \(now.shortRef.visible)  update undone")
  }

  /// - Returns: whether `--plan` left an update unpinned.
  private func update(_ pinned: Repositories.Pinned, _ ref: RepositoryRef?) async throws -> Bool {
    let output = TextStream.standardOutput
    return try await RepoWork.run(places, on: pinned) { session in
      let update = try await session.prepareUpdate(pinned, ref: ref)
      guard !update.isNothing else {
        output.line("\(pinned.name)  \(pinned.repository.shortRef.visible)  up to date")
        return false
      }
      for line in UpdateText(update).lines { output.line(line) }
      if diff { for line in update.difference.unified.visibleLines { output.line(line) } }
      if plan { return true }
      try await UpdateConsent(saysYes: yes, trusts: trust).ask(update)
      try session.take(update)
      let undo = "ssh-recipes repo update --undo \(pinned.name)\(pinned.scope.option)"
      output.line("\(pinned.name)  updated; undo with: \(undo.visible)")
      return false
    }
  }
}
