import Runtime

/// The recipes that can be found, read without running them.
struct RecipeCatalogue {
  let places = RecipePlaces.standard()
  let files: [RecipeFile]

  init() throws {
    do throws(RecipeNotFound) { files = try RecipeFinder(places: places).list() } catch { throw CommandFailure(error) }
  }

  static func find(_ name: String) throws -> RecipeFile {
    do throws(RecipeNotFound) { return try RecipeFinder().find(name) } catch {
      throw CommandFailure("\(error)\n  fix     ssh-recipes list   shows what there is")
    }
  }

  static func header(of file: RecipeFile) async throws(RecipeError) -> RecipeHeader {
    let machine: LuaMachine
    do { machine = try LuaMachine(name: file.name) } catch {
      throw RecipeError(file: file.chunkName, .lua(error as? LuaError ?? LuaError(kind: .memory, message: "\(error)")))
    }
    let header: Result<RecipeHeader, RecipeError>
    do throws(RecipeError) { header = .success(try await RecipeReader.read(file, in: machine).header) } catch {
      header = .failure(error)
    }
    await machine.close()
    return try header.get()
  }
}
