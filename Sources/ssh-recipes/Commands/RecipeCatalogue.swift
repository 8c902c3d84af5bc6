import Recipes
import Sharing

/// The recipes that can be found, read without running them.
struct RecipeCatalogue {
  let places: RecipePlaces
  let repositories: Repositories

  /// One recipe, or why it is none.
  struct Row {
    var file: RecipeFile
    /// Where it is somebody else's.
    var repository: LockedRepository?
    var header: Result<RecipeHeader, RecipeError>
  }

  /// - Throws: ``CommandFailure``.
  func find(_ name: String) async throws -> RecipeLookup.Found {
    let lookup = RecipeLookup(finder: RecipeFinder(places: places), repositories: repositories)
    do { return try await lookup.find(name) } catch { throw SharingFailure.from(error) }
  }

  /// All recipes: the person's own and the bundled ones, then those of repositories.
  ///
  /// - Parameter complain: gets what keeps a repository from being read; the others are read all the same.
  /// - Throws: ``CommandFailure``.
  func rows(complain: (CommandFailure) -> Void) async throws -> [Row] {
    let files: [RecipeFile]
    do throws(RecipeNotFound) { files = try RecipeFinder(places: places).list() } catch { throw CommandFailure(error) }
    var rows: [Row] = []
    for file in files {
      do throws(RecipeError) {
        rows.append(Row(file: file, header: .success(try await RecipeReader.header(of: file))))
      } catch {
        // A module lies in the same folder as the recipes that require it.
        if error.problem != .neverDeclared { rows.append(Row(file: file, header: .failure(error))) }
      }
    }
    do {
      for pinned in try repositories.pinned() {
        do throws(AlteredRepository) { rows += await Self.rows(of: try repositories.load(pinned)) } catch {
          complain(SharingFailure.from(error))
        }
      }
    } catch { complain(SharingFailure.from(error)) }
    return rows
  }

  private static func rows(of recipes: SharedRecipes) async -> [Row] {
    await recipes.headers().compactMap { name, header in
      recipes.file(name).map { Row(file: $0, repository: recipes.repository, header: header) }
    }
  }
}

extension RecipeCatalogue.Row {
  /// Where it comes from, in a few words.
  var source: String {
    switch file.origin {
    case .bundled: "bundled"
    case .user, .path: "yours"
    case .shared: repository.map { "\($0.url) \($0.shortRef)" } ?? "shared"
    }
  }
}
