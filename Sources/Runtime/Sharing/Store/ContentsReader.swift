import Recipes
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads a folder written by ``RepositoryStore``, all of it: regular files in folders.
enum ContentsReader {
  struct Failure: Error {
    var path: String
    var why: String
  }

  /// More than any inspection admits, so a larger folder has been changed.
  private static let limit = 64 << 20

  static func read(_ folder: String) throws(Failure) -> RepositoryContents {
    var contents = RepositoryContents(files: [:])
    var total = 0
    try read(folder, "", &contents, &total)
    return contents
  }

  private static func read(
    _ folder: String, _ prefix: String, _ contents: inout RepositoryContents, _ total: inout Int
  ) throws(Failure) {
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw Failure(path: folder, why: "cannot be read")
    }
    for name in names {
      let (path, relative) = ("\(folder)/\(name)", prefix + name)
      let kind = (try? FileManager.default.attributesOfItem(atPath: path))?[.type] as? FileAttributeType
      if kind == .typeDirectory {
        try read(path, relative + "/", &contents, &total)
        continue
      }
      guard kind == .typeRegular else { throw Failure(path: path, why: "not a regular file") }
      let bytes: [UInt8]
      do { bytes = try self.bytes(path) } catch {
        throw Failure(path: path, why: (error as? Errno)?.description.lowercased() ?? "\(error)")
      }
      total += bytes.count
      guard total <= limit else { throw Failure(path: folder, why: "larger than \(limit >> 20) MB") }
      // Any other file counts as content, so that the hash reveals it.
      if Signatures.files.contains(relative) {
        contents.attachments[relative] = bytes
      } else {
        contents.files[relative] = bytes
      }
    }
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    try LocalFiles.contents(of: path, limit: limit, options: [.noFollow, .nonBlocking])
  }
}
