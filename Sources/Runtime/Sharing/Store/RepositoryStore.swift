import Formats
import Recipes
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Repositories' contents as plain files: `FOLDER/NAME/HASH/…`, and beside each a record of how it came here, which is what
/// the lock file says of it. Only these are loaded, and only whole and unchanged.
struct RepositoryStore: Sendable {
  let folder: String

  /// Where the files of it are, for people to read.
  func path(of repository: LockedRepository) -> String { "\(folder)/\(repository.name)/\(Self.digits(repository))" }

  static func digits(_ repository: LockedRepository) -> String { String(repository.contentHash.dropFirst(7)) }
  /// One content may be pinned in two ways, by two commits: before and after an update that is being taken.
  func recordName(of repository: LockedRepository) -> String {
    "\(Self.digits(repository)).\(Self.mark(repository)).lock"
  }
  func previousName(of repository: LockedRepository) -> String { "previous.\(Self.mark(repository))" }

  private static func mark(_ repository: LockedRepository) -> Substring {
    SHA256.hexadecimal(Array(repository.lockText.utf8)).prefix(12)
  }

  /// All its files, when they are what is pinned.
  ///
  /// - Throws: ``AlteredRepository``.
  func load(_ repository: LockedRepository) throws(AlteredRepository) -> RepositoryContents {
    let contents = try check(repository)
    let hash = contents.contentHash
    guard hash == repository.contentHash else {
      throw .init(repository, .content(found: hash, path: path(of: repository)))
    }
    return contents
  }

  private func check(_ repository: LockedRepository) throws(AlteredRepository) -> RepositoryContents {
    let path = path(of: repository)
    guard LocalFiles.exists(path) else {
      let others = DurableFile.names(in: "\(folder)/\(repository.name)").contains {
        $0.hasSuffix(".lock") && !$0.hasPrefix(Self.digits(repository))
      }
      throw .init(repository, .missing(hasOthers: others))
    }
    let records = records(of: repository)
    guard !records.contains(repository) else { return try read(repository, path) }
    guard let known = records.first else { throw .init(repository, .noRecord) }
    if known.commit != repository.commit { throw .init(repository, .commit(fetched: known.commit)) }
    if known.url != repository.url { throw .init(repository, .url(fetched: known.url)) }
    if known.ref != repository.ref { throw .init(repository, .ref(fetched: known.ref)) }
    throw .init(repository, .signers)
  }

  private func read(_ repository: LockedRepository, _ path: String) throws(AlteredRepository) -> RepositoryContents {
    do { return try ContentsReader.read(path) } catch {
      throw .init(repository, .unreadable(path: error.path, why: error.why))
    }
  }

  /// How these contents came here.
  private func records(of repository: LockedRepository) -> [LockedRepository] {
    let base = "\(folder)/\(repository.name)"
    let names = DurableFile.names(in: base).filter {
      $0.hasPrefix(Self.digits(repository) + ".") && $0.hasSuffix(".lock")
    }
    return names.compactMap { Self.record("\(base)/\($0)", of: repository.name) }
  }

  static func record(_ path: String, of name: String) -> LockedRepository? {
    guard let bytes = try? LocalFiles.contents(of: path, limit: LockFile.sizeLimit) else { return nil }
    let text = "version \(LockFile.version)\n" + String(decoding: bytes, as: UTF8.self)
    return (try? LockFile(parsing: text, file: path))?[name: name]
  }

  /// Keeps the contents: whole, or not at all.
  ///
  /// - Throws: ``SharingError/linked(path:)``, `Errno`, or what the file system says.
  func put(_ contents: RepositoryContents, as repository: LockedRepository) throws {
    let base = "\(folder)/\(repository.name)"
    for path in [folder, base] where DurableFile.kind(of: path) == .link { throw SharingError.linked(path: path) }
    try DurableFile.makeFolder(base)
    // First of all: what has no record beside it is never removed.
    try DurableFile.write(Array(repository.lockText.utf8), to: "\(base)/\(recordName(of: repository))")
    let target = path(of: repository)
    if DurableFile.kind(of: target) == .folder, let kept = try? ContentsReader.read(target),
      kept.contentHash == repository.contentHash
    {
      return try putAttachments(contents, in: target)
    }
    let fresh = DurableFile.freshName(for: target)
    try DurableFile.makeFolder(fresh)
    do {
      for (path, bytes) in contents.files.merging(contents.attachments, uniquingKeysWith: { file, _ in file }) {
        let file = "\(fresh)/\(path)"
        try DurableFile.makeFolder(LocalFiles.parent(of: file))
        try DurableFile.create(file, bytes)
      }
      // The same hash with other bytes is what somebody changed.
      if DurableFile.kind(of: target) != nil { try FileManager.default.removeItem(atPath: target) }
      try DurableFile.move(fresh, to: target)
    } catch {
      try? FileManager.default.removeItem(atPath: fresh)
      throw error
    }
  }

  /// Signatures are no part of the content, so they can change while the folder stays; one by one, for it may be pinned.
  /// They become whole beside the folder: one that is left half would count as a file of the content.
  private func putAttachments(_ contents: RepositoryContents, in target: String) throws {
    for name in Signatures.files {
      if let bytes = contents.attachments[name] {
        let fresh = DurableFile.freshName(for: target)
        do {
          try DurableFile.create(fresh, bytes)
          try DurableFile.move(fresh, to: "\(target)/\(name)")
        } catch {
          unlink(fresh)
          throw error
        }
      } else {
        unlink("\(target)/\(name)")
      }
    }
  }
}
