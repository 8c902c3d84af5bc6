import Lua
import Recipes
import Values

/// Reads a recipe, and runs it if the declaration is valid.
enum RecipeText {
  static func play(_ input: [UInt8], in scene: FuzzScene) async throws {
    let file = RecipeFile(name: "fuzz", path: "/nowhere/at/all/fuzz.lua", bytes: input, origin: .path)
    let loaded: LoadedRecipe
    do {
      loaded = try await RecipeReader.read(file, in: scene.machine)
    } catch {
      try Finding.check(message: "\(error)", "a recipe that cannot be read")
      // Without a declaration, the text is an ordinary chunk.
      _ = try await scene.run(input)
      try await forget(scene)
      return
    }
    let hosts = LuaValue.table(LuaTable(fields: ["pi": .object(LuaObject(kind: "host", id: 1))]))
    do {
      _ = try await scene.machine.call(loaded.run, [hosts, .table(LuaTable())])
    } catch { try scene.check(error) }
    await scene.machine.release(loaded.run)
    try await forget(scene)
  }

  /// Modules and the globals defined for reading a recipe stay for the machine's life.
  private static func forget(_ scene: FuzzScene) async throws { await scene.machine.close() }
}
