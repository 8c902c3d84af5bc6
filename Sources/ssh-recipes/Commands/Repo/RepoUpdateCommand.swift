import ArgumentParser
import Sharing

struct RepoUpdateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "update", abstract: "Show what is new in repositories, ask, and pin it.",
    discussion: """
      Above all it shows what recipes may do afterwards that they may not now. An update that lets them do more, a tag that
      was moved and a branch that was rewritten are taken after a yes of yours, or with --trust; --yes is for the others.
      """)

  @Argument(
    help: "A repository, as `repo list` names it; without it, all.",
    completion: .custom { _, _, _ in Completions.repositories() })
  var name: String?

  @Option(name: .long, help: ArgumentHelp("Follow another tag, branch or commit from now on.", valueName: "ref"))
  var ref: String?

  @Flag(name: .long, help: "Also show the differences of all files.")
  var diff = false

  @Flag(name: .long, help: "Only show what is new; the exit status is 2 when something is.")
  var plan = false

  @Flag(name: .long, help: "Go back to what the last update replaced; a second time, forth again.")
  var undo = false

  @Flag(name: [.long, .short], help: "Take updates that let no recipe do more than before, without asking.")
  var yes = false

  @Flag(
    name: .long, help: "Also take, without asking, updates that let recipes do more, moved tags and rewritten branches."
  )
  var trust = false

  @OptionGroup var places: PlacesOptions

  func validate() throws {
    if ref != nil, name == nil { throw ValidationError("--ref needs the name of a repository") }
    if undo, name == nil { throw ValidationError("--undo needs the name of a repository") }
    if undo, ref != nil || plan || diff { throw ValidationError("--undo goes alone") }
  }

  func run() async throws {
    let all = try name.map { [try RepoWork.find($0, places)] } ?? RepoWork.all(places)
    if all.isEmpty { TextStream.standardOutput.line("There are no repositories yet: ssh-recipes repo add URL") }
    if undo, let pinned = all.first { return try await takeBack(pinned) }
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

  private func takeBack(_ pinned: Repositories.Pinned) async throws {
    let now = try await RepoWork.run(places, on: pinned) { try $0.takeBack(pinned) }
    TextStream.standardOutput.line(
      "\(pinned.name)  \(pinned.repository.shortRef.visible) -> \(now.shortRef.visible)  taken back")
  }

  /// - Returns: whether something is new that was only to be shown.
  private func update(_ pinned: Repositories.Pinned, _ ref: RepositoryRef?) async throws -> Bool {
    let output = TextStream.standardOutput
    return try await RepoWork.run(places, on: pinned) { session in
      let update = try await session.prepareUpdate(pinned, ref: ref)
      guard !update.isNothing else {
        output.line("\(pinned.name)  \(pinned.repository.shortRef.visible)  nothing new")
        return false
      }
      for line in UpdateText(update).lines { output.line(line) }
      if diff { for line in update.difference.unified.visibleLines { output.line(line) } }
      if plan { return true }
      try await UpdateConsent(saysYes: yes, trusts: trust).ask(update)
      try session.take(update)
      let undo = "ssh-recipes repo update --undo \(pinned.name)\(pinned.scope.option)"
      output.line("\(pinned.name)  taken; back with: \(undo.visible)")
      return false
    }
  }
}
