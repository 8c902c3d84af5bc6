import Formats
import Recipes

/// The program's own checks of commits: fetched from the URL, with the content and the signer of the lock file. The
/// author of a project controls the project's lock file and store; the records of checks are in the user's own state
/// folder.
struct Verifications: Sendable, Hashable {
  let folder: String

  /// One file per pin, named after the lock file's full entry; it starts with a hash of the verified signatures.
  private func name(of repository: LockedRepository) -> String {
    "\(RepositoryStore.digits(repository)).\(SHA256.hexadecimal(Array(repository.lockText.utf8)))"
  }

  /// - Throws: `Errno`, or an error of the file system.
  func note(_ repository: LockedRepository, _ contents: RepositoryContents) throws {
    try DurableFile.makeFolder(folder)
    let text = "\(Self.hash(contents.attachments))\n\(repository.lockText)"
    try DurableFile.write(Array(text.utf8), to: "\(folder)/\(name(of: repository))")
  }

  /// Whether exactly this entry of the lock file was verified.
  func holds(_ repository: LockedRepository) -> Bool {
    read(name(of: repository))?.dropFirst().joined(separator: "\n") == repository.lockText
  }

  /// Whether these signatures were verified with the content. Two commits may have the same content but different
  /// signatures, and share the files: the signature of either is accepted.
  func knows(_ attachments: [String: [UInt8]], of repository: LockedRepository) -> Bool {
    let hash = Self.hash(attachments)
    return LocalFiles.names(in: folder).contains {
      $0.hasPrefix(RepositoryStore.digits(repository) + ".") && read($0)?.first.map(String.init) == hash
    }
  }

  /// Removes the unfinished files of a killed program.
  func sweep() { DurableFile.removeLeftovers(in: folder) }

  private func read(_ name: String) -> [Substring]? {
    let place = "\(folder)/\(name)"
    guard OwnFiles.doubt(about: place) == nil,
      let bytes = try? LocalFiles.contents(of: place, limit: LockFile.sizeLimit)
    else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func hash(_ attachments: [String: [UInt8]]) -> String {
    RepositoryContents(files: attachments).contentHash
  }
}

/// How far this program has verified a pinned repository itself.
package enum LockStanding: Sendable, Hashable {
  /// Verified completely, with the user's own lock file.
  case own
  /// Verified completely, but the required signers come from the lock file in this folder.
  case verified(folder: String)
  /// The files match the content's hash; URL, commit and signer are unverified claims of a lock file.
  case claimed(RepositoryScope)

  /// - Returns: the folder of the lock file that makes the claims; `nil` if verified.
  package var claimant: String? {
    if case .claimed(let scope) = self { scope.folder ?? LocalFiles.parent(of: scope.lockFile) } else { nil }
  }

  /// The remark after an unverified claim; empty if verified.
  ///
  /// - Parameter claimant: see ``claimant``.
  package static func doubt(_ claimant: String?) -> String {
    claimant.map { ", as claimed by the lock file of \($0), unverified" } ?? ""
  }

  /// ``RepositoryScope/option``, for a command that verifies the repository.
  var option: String { if case .claimed(let scope) = self { scope.option } else { "" } }
}
