import Formats
import Recipes

/// What this program has seen itself: that a commit, fetched from its URL, holds the content, and who signed it. A lock file
/// and a store in a project are the word of whoever wrote the project; this is kept in the person's own state folder.
struct Verifications: Sendable, Hashable {
  let folder: String

  /// One a pin: the lock file's whole word on the repository, after a hash over the signatures that were checked.
  private func name(of repository: LockedRepository) -> String {
    "\(RepositoryStore.digits(repository)).\(SHA256.hexadecimal(Array(repository.lockText.utf8)))"
  }

  /// - Throws: `Errno`, or what the file system says.
  func note(_ repository: LockedRepository, _ contents: RepositoryContents) throws {
    try DurableFile.makeFolder(folder)
    let text = "\(Self.hash(contents.attachments))\n\(repository.lockText)"
    try DurableFile.write(Array(text.utf8), to: "\(folder)/\(name(of: repository))")
  }

  /// Whether what the lock file says of it was verified, to the letter.
  func holds(_ repository: LockedRepository) -> Bool {
    read(name(of: repository))?.dropFirst().joined(separator: "\n") == repository.lockText
  }

  /// Whether these are signatures that came with the content when it was verified. Two commits may hold one content and
  /// another signature, and share the files: that of either will do.
  func knows(_ attachments: [String: [UInt8]], of repository: LockedRepository) -> Bool {
    let hash = Self.hash(attachments)
    return DurableFile.names(in: folder).contains {
      $0.hasPrefix(RepositoryStore.digits(repository) + ".") && read($0)?.first.map(String.init) == hash
    }
  }

  /// Removes what a program that was killed has left half written.
  func sweep() { DurableFile.removeLeftovers(in: folder) }

  private func read(_ name: String) -> [Substring]? {
    guard let bytes = try? LocalFiles.contents(of: "\(folder)/\(name)", limit: LockFile.sizeLimit) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
  }

  private static func hash(_ attachments: [String: [UInt8]]) -> String {
    RepositoryContents(files: attachments).contentHash
  }
}

/// How much of what is known of a pinned repository this program has seen itself.
package enum LockStanding: Sendable, Hashable {
  /// All of it, and the lock file is the person's own.
  case own
  /// All of it; whom to demand as signers is the word of the lock file in this folder.
  case verified(folder: String)
  /// That the files are those of the content's hash; URL, commit and signer are the word of a lock file.
  case claimed(RepositoryScope)

  /// - Returns: the folder of the lock file whose word it is; `nil` where it was verified.
  package var claimant: String? {
    if case .claimed(let scope) = self { scope.folder ?? LocalFiles.parent(of: scope.lockFile) } else { nil }
  }

  /// What is said behind a claim; nothing where it was verified.
  ///
  /// - Parameter claimant: see ``claimant``.
  package static func doubt(_ claimant: String?) -> String {
    claimant.map { ", as the lock file of \($0) says, not verified here" } ?? ""
  }

  /// ``RepositoryScope/option``, for a command that verifies it.
  var option: String { if case .claimed(let scope) = self { scope.option } else { "" } }
}
