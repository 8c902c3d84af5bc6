import ArgumentParser
import Formats
import Sharing

struct RepoSignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign", abstract: "Sign your own repository with an SSH key before publishing it.",
    discussion: """
      Writes recipes.sig, a signature over all files that other users can load; commit it together with them. Users who add \
      the repository with --signer or --pin then accept only content that this key has signed.
      """)

  @Argument(help: "The folder of the repository.", completion: .directory)
  var folder = "."

  @Option(
    name: .long,
    help: ArgumentHelp(
      "A private key, or a public key whose private half is in your SSH agent.", valueName: "path"), completion: .file()
  )
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
        "\"\(path)\" is not tracked by git, so other users would not get it\n  fix     git add it, remove it, or ignore it in .gitignore",
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
      Commit it together with them. Other users can then add the repository with
        --signer '\(signer.key.line.visible)'

      """)
  }
}
