import Subprocess
import SystemPackage

/// git in the author's own repository, with the author's settings.
struct AuthorGit: Sendable {
  let folder: String

  /// - Parameter which: options of `git ls-files`.
  func files(_ which: [String]) async throws(RepositoryFolderProblem) -> [[UInt8]] {
    do {
      let result = try await Subprocess.run(
        .name("git"), arguments: Arguments(["-C", folder, "ls-files", "-z"] + which), output: .bytes(limit: 16 << 20),
        error: .string(limit: 1 << 16))
      guard result.terminationStatus.isSuccess else {
        throw RepositoryFolderProblem.git(
          result.standardError.split(whereSeparator: \.isNewline).joined(separator: "; "))
      }
      return result.standardOutput.split(separator: 0).map { Array($0) }
    } catch let problem as RepositoryFolderProblem { throw problem } catch { throw .git("\(error)") }
  }
}
