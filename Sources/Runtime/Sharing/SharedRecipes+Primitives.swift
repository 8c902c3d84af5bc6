import Contract
import Primitives
import Recipes

extension SharedRecipes {
  /// The repository's own primitives, each with the permissions of its calls.
  ///
  /// - Throws: ``PrimitiveError`` for the first unreadable primitive.
  package func primitiveNeeds() async throws(PrimitiveError) -> [String: Set<Permission>] {
    guard !primitives.isEmpty else { return [:] }
    let own = PrimitiveLayer(files: primitives, repository: repository.name)
    return try await PrimitiveLibrary.bundled(with: own).entries.filter { $0.value.file.origin == own.origin }
      .mapValues { Set($0.primitive.permissions + $0.primitive.perhaps) }
  }
}

extension PrimitiveLibrary {
  /// The bundled primitives and the primitives of one repository, without the user's own primitives.
  ///
  /// - Throws: ``PrimitiveError``.
  static func bundled(with own: PrimitiveLayer) async throws(PrimitiveError) -> PrimitiveLibrary {
    try await load(RecipePlaces.standard().primitives.prefix(1) + [own], besides: .builtIn)
  }
}
