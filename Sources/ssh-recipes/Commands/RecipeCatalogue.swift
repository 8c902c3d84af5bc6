import Recipes
import Sharing

/// All recipes of folders and repositories. Headers are read; recipes are never run.
struct RecipeCatalogue {
  let places: RecipePlaces
  let repositories: Repositories

  /// One recipe, with its header or the error of reading the header.
  struct Row {
    var file: RecipeFile
    /// Set for a third-party recipe.
    var repository: LockedRepository?
    var header: Result<RecipeHeader, RecipeError>
  }

  /// - Throws: ``CommandFailure``.
  func find(_ name: String) async throws -> RecipeLookup.Found {
    let lookup = RecipeLookup(finder: RecipeFinder(places: places), repositories: repositories)
    do { return try await lookup.find(name) } catch { throw SharingFailure.from(error) }
  }

  /// All recipes: the user's own and the bundled ones, then those of repositories.
  ///
  /// - Parameter complain: called with the error of each repository that cannot be read; the others are still listed.
  /// - Throws: ``CommandFailure``.
  func rows(complain: (CommandFailure) -> Void) async throws -> [Row] {
    let files: [RecipeFile]
    do throws(RecipeNotFound) { files = try RecipeFinder(places: places).list() } catch { throw CommandFailure(error) }
    var rows: [Row] = []
    for file in files {
      do throws(RecipeError) {
        rows.append(Row(file: file, header: .success(try await RecipeReader.header(of: file))))
      } catch {
        // A file that never calls `recipe` is a module, which lies in the same folder as the recipes that require it.
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
  /// The origin, as printed by `list`.
  var source: String {
    switch file.origin {
    case .bundled: "bundled"
    case .user, .path: "yours"
    case .shared: repository.map { "\($0.url) \($0.shortRef)" } ?? "shared"
    }
  }
}
