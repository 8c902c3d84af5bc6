import ArgumentParser

struct RepoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repo", abstract: "Recipes of other people: git repositories, pinned to what you have seen.",
    discussion: """
      A repository is any git repository with a folder `recipes/`. What was added stands in a lock file, with its commit
      and a hash of its content, and only exactly that is ever run.
      """,
    subcommands: [
      RepoAddCommand.self, RepoListCommand.self, RepoShowCommand.self, RepoUpdateCommand.self, RepoRemoveCommand.self,
      RepoInstallCommand.self, RepoCheckCommand.self, RepoSignCommand.self,
    ])
}
