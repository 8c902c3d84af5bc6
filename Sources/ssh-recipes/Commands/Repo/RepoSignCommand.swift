import ArgumentParser
import Formats
import Sharing

struct RepoSignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign a repository of your own with an SSH key, before you publish it.",
    discussion: """
      It writes recipes.sig, which is over every file that others can load; commit it together with them. Whoever adds the \
      repository with --signer or --pin then takes nothing that this key has not signed.
      """)

  @Argument(help: "The repository's folder.", completion: .directory)
  var folder = "."

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A private key, or a public one whose private half your agent has.", valueName: "path"), completion: .file())
  var key: String

  func run() async throws {
    let repository: RepositoryFolder
    do throws(RepositoryFolderProblem) { repository = try await RepositoryFolder(folder) } catch {
      throw CommandFailure(error)
    }
    let (bytes, signer): ([UInt8], Signer)
    do throws(RepositoryProblem) {
      try repository.inspect()
      (bytes, signer) = try await ManifestSigning(key: key).sign(repository.contents)
    } catch { throw CommandFailure(error, status: .failed) }
    if let path = repository.untracked.first {
      throw CommandFailure(
        "\"\(path)\" is not tracked by git, so nobody would get it\n  fix     git add it, remove it, or have git ignore it",
        status: .failed)
    }
    let path = "\(folder)/\(Signatures.file)"
    do { try TextFile.write(String(decoding: bytes, as: UTF8.self), to: path, replacing: true) } catch {
      throw CommandFailure("\"\(path)\" cannot be written: \(error.reason)", status: .failed)
    }
    let count = repository.contents.files.count
    TextStream.standardOutput.write(
      """
      Wrote \(path.visible): \(count == 1 ? "1 file" : "\(count) files"), signed by \(signer.fingerprint)
      Commit it with them. Others then add the repository with
        --signer '\(signer.key.line.visible)'

      """)
  }
}
