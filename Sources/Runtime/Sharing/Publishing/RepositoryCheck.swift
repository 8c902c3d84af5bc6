import Recipes

/// The findings of `repo check` in a repository about to be published.
package struct RepositoryCheck: Sendable {
  package let folder: RepositoryFolder
  /// Headers of the readable recipes, by name.
  package private(set) var headers: [RecipeHeader] = []
  package private(set) var problems: [PublishingProblem] = []

  /// - Throws: ``RepositoryFolderProblem``.
  package init(_ path: String) async throws(RepositoryFolderProblem) {
    folder = try await RepositoryFolder(path)
    do throws(RepositoryProblem) { try folder.inspect() } catch {
      // A refused repository is not read any further.
      problems.append(.refused(error))
      return
    }
    await checkDeclaration()
    let reading = await RecipeReading(folder)
    headers = reading.headers
    problems += reading.problems
    problems += folder.untracked.map { .untracked($0) }
    checkFiles(reading)
    await checkSignature()
  }

  /// Checks the README, and the table in the README.
  ///
  /// - Parameter readme: the text; `nil` if there is no README.
  /// - Returns: the text with a new table; `nil` if it has no place for a table, or the table is up to date.
  package mutating func checkReadme(_ readme: String?) -> String? {
    guard !isRefused else { return nil }
    guard let readme else {
      problems.append(.readmeMissing)
      return nil
    }
    guard let wanted = RecipeTable.replaced(in: readme, by: headers) else {
      problems.append(.marksMissing)
      return nil
    }
    guard wanted != readme else { return nil }
    problems.append(.tableOld)
    return wanted
  }

  /// Whether the repository was refused, so that its recipes are unknown.
  private var isRefused: Bool {
    problems.contains { if case .refused = $0 { true } else { false } }
  }

  /// Clears the problem after the table was updated.
  package mutating func tableIsWritten() { problems.removeAll { $0 == .tableOld } }

  private mutating func checkDeclaration() async {
    do throws(RecipeError) {
      let declaration = try await RepositoryDeclaration.read(folder.contents)
      if declaration.summary == nil { problems.append(.summaryMissing) }
    } catch { problems.append(.recipe(error)) }
  }

  private mutating func checkFiles(_ reading: RecipeReading) {
    for entry in folder.entries where RepositoryContents.isPart(entry.name) {
      let path = entry.name
      let isDocument = path.hasSuffix(".md") || path.hasSuffix(".txt")
      if !path.hasSuffix(".lua"), !isDocument { problems.append(.stranger(path)) }
      if entry.mode == "100755" { problems.append(.executable(path)) }
    }
    problems += reading.unrequired.map { .unrequired($0) }
    for (path, bytes) in folder.contents.files.sorted(by: { $0.key < $1.key }) where path.hasSuffix(".lua") {
      let lines = String(decoding: bytes, as: UTF8.self).split(
        omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      guard let index = lines.firstIndex(where: { $0.count > PublishingProblem.longestLine }) else { continue }
      problems.append(.longLine(path, line: index + 1, length: lines[index].count))
    }
  }

  private mutating func checkSignature() async {
    do throws(RepositoryProblem) {
      _ = try await Signatures.verify(SignatureEvidence(contents: folder.contents), SignatureDemand())
    } catch {
      if case .signature(let problem) = error { problems.append(.signature(problem)) }
    }
  }
}
