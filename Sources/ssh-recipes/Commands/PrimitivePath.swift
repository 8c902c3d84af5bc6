import Recipes

/// A primitive given by the path of its file, as `primitives/motd.lua`.
struct PrimitivePath {
  let name: String
  let path: String
  /// The place of a recipe that can call the primitive.
  let caller: RecipeFile

  /// - Returns: `nil` for a name, and for a file outside of a folder `primitives`.
  init?(_ path: String) {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard let file = parts.last, file.hasSuffix(".lua"), parts.dropLast().last == "primitives" else { return nil }
    name = String(file.dropLast(4))
    self.path = path
    let folder = parts.count > 2 ? parts.dropLast(2).joined(separator: "/") : "."
    caller = RecipeFile(name: name, path: "\(folder)/\(name).lua", bytes: [], origin: .path)
  }
}

extension PlacesOptions {
  /// The primitive of a file, with all primitives in reach of a recipe beside the file.
  ///
  /// - Throws: ``CommandFailure``, also for a missing file.
  func library(with primitive: PrimitivePath) async throws -> PrimitiveLibrary {
    let library = try await library(beside: primitive.caller)
    guard library.entries[primitive.name] != nil else {
      throw CommandFailure("there is no file \"\(primitive.path)\"")
    }
    return library
  }

  /// The mistakes in a primitive's calls.
  ///
  /// - Throws: ``CommandFailure``, also for a file that cannot be read.
  func findings(in primitive: PrimitivePath) async throws -> [RecipeLint.Finding] {
    await RecipeLint(.builtIn, with: try await library(with: primitive)).findings(inPrimitive: primitive.name)
  }
}
