import ArgumentParser

struct RepoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "repo", abstract: "Manage repositories of third-party recipes.",
    discussion: """
      A repository is any git repository with a folder `recipes/`. The lock file pins its commit and a hash of its content, \
      and only exactly that content is ever run.
      """,
    subcommands: [
      RepoAddCommand.self, RepoListCommand.self, RepoShowCommand.self, RepoUpdateCommand.self, RepoRemoveCommand.self,
      RepoInstallCommand.self, RepoCheckCommand.self, RepoSignCommand.self,
    ])
}
