import Contract
import Primitives
import Recipes

extension SharedRecipes {
  /// The repository's own primitives, each with the permissions of its calls.
  ///
  /// - Throws: ``PrimitiveError`` for the first that cannot be read.
  package func primitiveNeeds() async throws(PrimitiveError) -> [String: Set<Permission>] {
    guard !primitives.isEmpty else { return [:] }
    let own = PrimitiveLayer(files: primitives, repository: repository.name)
    let bundled = RecipePlaces.standard().primitives.prefix(1)
    let library = try await PrimitiveLibrary.load(bundled + [own], besides: .builtIn)
    return library.entries.filter { $0.value.file.origin == own.origin }
      .mapValues { Set($0.primitive.permissions + $0.primitive.perhaps) }
  }
}
