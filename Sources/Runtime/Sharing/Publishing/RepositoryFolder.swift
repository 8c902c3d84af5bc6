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

/// A repository on its author's disk, before it is published, with the files that users will fetch.
package struct RepositoryFolder: Sendable {
  package let path: String
  /// All files except git's own and those that git ignores.
  package let entries: [TreeEntry]
  /// The loadable contents.
  package let contents: RepositoryContents
  /// Loadable files that git does not track, so that users would not get them; by path.
  package let untracked: [String]

  /// - Throws: ``RepositoryFolderProblem``.
  package init(_ path: String) async throws(RepositoryFolderProblem) {
    guard LocalFiles.exists(path) else { throw .missing(path) }
    self.path = path
    let listing = try await Self.listing(path)
    entries = try listing.all.map { (name) throws(RepositoryFolderProblem) in try Self.entry(name, in: path) }
    var contents = RepositoryContents(files: [:])
    for entry in entries where !entry.isLink && entry.kind == .blob {
      let name = entry.name
      guard RepositoryContents.isPart(name) || Signatures.files.contains(name) else { continue }
      let bytes = try Self.bytes("\(path)/\(name)")
      if Signatures.files.contains(name) { contents.attachments[name] = bytes } else { contents.files[name] = bytes }
    }
    guard contents.files.keys.contains(where: { $0.hasPrefix(RepositoryContents.folder) }) else {
      throw .noRecipes(path)
    }
    self.contents = contents
    untracked = listing.untracked.map { String(decoding: $0, as: UTF8.self) }.filter(RepositoryContents.isPart).sorted()
  }

  /// Throws the first problem for which the program would refuse these contents from a third party.
  ///
  /// - Throws: ``RepositoryProblem``.
  package func inspect() throws(RepositoryProblem) {
    try TreeInspection.inspect(entries)
    try ContentInspection.inspect(contents)
  }

  /// The paths known to git; without git, all paths.
  private static func listing(
    _ path: String
  ) async throws(RepositoryFolderProblem) -> (all: [[UInt8]], untracked: [[UInt8]]) {
    guard LocalFiles.exists(path + "/.git") else { return (try walk(path, ""), []) }
    let git = AuthorGit(folder: path)
    let tracked = try await git.files(["--cached"])
    return (tracked, try await git.files(["--others", "--exclude-standard"]))
  }

  private static func walk(_ path: String, _ prefix: String) throws(RepositoryFolderProblem) -> [[UInt8]] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else { throw .unreadable(path) }
    var files: [[UInt8]] = []
    for name in names.sorted() {
      var status = stat()
      guard lstat("\(path)/\(name)", &status) == 0 else { throw .unreadable("\(path)/\(name)") }
      if status.st_mode & S_IFMT == S_IFDIR {
        files += try walk("\(path)/\(name)", "\(prefix)\(name)/")
      } else {
        files.append(Array("\(prefix)\(name)".utf8))
      }
    }
    return files
  }

  /// The entry that git would make for the file.
  private static func entry(_ name: [UInt8], in folder: String) throws(RepositoryFolderProblem) -> TreeEntry {
    let path = "\(folder)/\(String(decoding: name, as: UTF8.self))"
    var status = stat()
    guard lstat(path, &status) == 0 else { throw .unreadable(path) }
    let isExecutable = status.st_mode & S_IXUSR != 0
    let (mode, kind): (String, TreeEntry.Kind) =
      switch status.st_mode & S_IFMT {
      case S_IFREG: (isExecutable ? "100755" : "100644", .blob)
      case S_IFLNK: ("120000", .blob)
      case S_IFDIR: ("160000", .commit)
      default: ("000000", .blob)
      }
    return TreeEntry(path: name, mode: mode, kind: kind, objectID: "", size: Int(status.st_size))
  }

  private static func bytes(_ path: String) throws(RepositoryFolderProblem) -> [UInt8] {
    do { return try LocalFiles.contents(of: path, limit: TreeInspection.largestOther) } catch {
      throw .unreadable(path)
    }
  }
}

/// A folder that cannot be read as a repository.
package enum RepositoryFolderProblem: Error, Hashable, Sendable {
  case missing(String)
  case noRecipes(String)
  case unreadable(String)
  case git(String)
}

extension RepositoryFolderProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path): "there is no folder \"\(path)\""
    case .noRecipes(let path): "\"\(path)\" is not a repository of recipes: its folder \"recipes\" has no files"
    case .unreadable(let path): "\"\(path)\" cannot be read"
    case .git(let words): "git cannot list the files: \(words)"
    }
  }
}
