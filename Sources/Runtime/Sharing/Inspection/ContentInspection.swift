/// Inspects the bytes of a repository before any file is written or loaded.
package enum ContentInspection {
  /// - Throws: ``RepositoryProblem`` for the first invalid file, by path.
  package static func inspect(_ contents: RepositoryContents) throws(RepositoryProblem) {
    for (path, bytes) in contents.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".lua") {
      if let (line, fault) = LuaText.fault(in: bytes) { throw .text(path, line: line, fault) }
    }
  }
}
