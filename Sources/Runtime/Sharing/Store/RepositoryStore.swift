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

/// The contents of repositories as regular files: `FOLDER/NAME/HASH/…`, each with a record of its fetch, which equals
/// its part of the lock file. Contents are loaded only if complete and unchanged.
struct RepositoryStore: Sendable {
  let folder: String

  /// The path of the repository's files, for people to read.
  func path(of repository: LockedRepository) -> String { "\(folder)/\(repository.name)/\(Self.digits(repository))" }

  static func digits(_ repository: LockedRepository) -> String { String(repository.contentHash.dropFirst(7)) }
  /// The same content may be pinned by two commits, such as before and after an update.
  func recordName(of repository: LockedRepository) -> String {
    "\(Self.digits(repository)).\(Self.mark(repository)).lock"
  }
  func previousName(of repository: LockedRepository) -> String { "previous.\(Self.mark(repository))" }

  private static func mark(_ repository: LockedRepository) -> Substring {
    SHA256.hexadecimal(Array(repository.lockText.utf8)).prefix(12)
  }

  /// All files of the repository, if they match the pinned hash.
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
      let others = LocalFiles.names(in: "\(folder)/\(repository.name)").contains {
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

  /// The records of fetches of these contents.
  private func records(of repository: LockedRepository) -> [LockedRepository] {
    let base = "\(folder)/\(repository.name)"
    let names = LocalFiles.names(in: base).filter {
      $0.hasPrefix(Self.digits(repository) + ".") && $0.hasSuffix(".lock")
    }
    return names.compactMap { Self.record("\(base)/\($0)", of: repository.name) }
  }

  static func record(_ path: String, of name: String) -> LockedRepository? {
    guard let bytes = try? LocalFiles.contents(of: path, limit: LockFile.sizeLimit) else { return nil }
    let text = "version \(LockFile.version)\n" + String(decoding: bytes, as: UTF8.self)
    return (try? LockFile(parsing: text, file: path))?[name: name]
  }

  /// Stores the contents, completely or not at all.
  ///
  /// - Throws: ``SharingError/linked(path:)``, `Errno`, or an error of the file system.
  func put(_ contents: RepositoryContents, as repository: LockedRepository) throws {
    let base = "\(folder)/\(repository.name)"
    for path in [folder, base] where DurableFile.kind(of: path) == .link { throw SharingError.linked(path: path) }
    try DurableFile.makeFolder(base)
    // The record first: without a record, files are never removed.
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
      // The folder for this hash has other bytes, so it was changed after the fetch.
      if DurableFile.kind(of: target) != nil { try FileManager.default.removeItem(atPath: target) }
      try DurableFile.move(fresh, to: target)
    } catch {
      try? FileManager.default.removeItem(atPath: fresh)
      throw error
    }
  }

  /// Replaces the signatures, which can change while the content stays. Each is replaced in turn, since the folder may
  /// be in use, and written outside the folder first, since an unfinished file inside would count as content.
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
