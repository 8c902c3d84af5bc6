import Synchronization
import SystemPackage

/// Reads platforms from their Lua files.
public enum PlatformLibrary {
  /// - Parameter folders: those of ``RecipePlaces/platforms``. A platform replaces one of the same name of an earlier
  ///   folder, and may be `like` it.
  /// - Returns: the platforms in the order in which they are tried.
  /// - Throws: ``PlatformError``.
  public static func load(_ folders: [String]) async throws(PlatformError) -> [Platform] {
    let machine: LuaMachine
    do { machine = try LuaMachine(name: "platforms") } catch {
      throw PlatformError(file: folders.first ?? "platforms", .unreadable("\(error)"))
    }
    let layers: Result<[[DeclaredPlatform]], PlatformError>
    do throws(PlatformError) { layers = .success(try await read(folders, in: machine)) } catch {
      layers = .failure(error)
    }
    await machine.close()
    return try PlatformLayers.resolve(try layers.get())
  }

  /// The declarations of each folder, in order. One machine serves all files: each has globals of its own.
  private static func read(
    _ folders: [String], in machine: LuaMachine
  ) async throws(PlatformError) -> [[DeclaredPlatform]] {
    let calls = Calls()
    await machine.define(
      "platform",
      .immediate(takesPosition: true) { call in
        try calls.take(call)
        return []
      })
    var layers: [[DeclaredPlatform]] = []
    for folder in folders {
      var layer: [DeclaredPlatform] = []
      for name in Folder.luaFiles(in: folder) { layer += try await read("\(folder)/\(name)", in: machine, calls) }
      layers.append(layer)
    }
    return layers
  }

  private static func read(
    _ path: String, in machine: LuaMachine, _ calls: Calls
  ) async throws(PlatformError) -> [DeclaredPlatform] {
    let source: [UInt8]
    do { source = try Folder.contents(of: path, limit: RecipeFinder.sizeLimit) } catch {
      throw PlatformError(file: path, .unreadable((error as? Errno)?.description.lowercased() ?? "\(error)"))
    }
    do throws(LuaError) {
      let chunk = try await machine.load(source, name: path)
      _ = try await machine.call(chunk)
      await machine.release(chunk)
    } catch {
      throw calls.error ?? PlatformError(file: path, line: error.position?.line, .lua(error))
    }
    let declared = try calls.collect()
    guard !declared.isEmpty else { throw PlatformError(file: path, .neverDeclared) }
    return declared
  }

  /// What the calls of `platform` in one file came to; as with recipes, the first error stays.
  private final class Calls: Sendable {
    private let found = Mutex<Result<[DeclaredPlatform], PlatformError>>(.success([]))

    var error: PlatformError? {
      found.withLock { if case .failure(let error) = $0 { error } else { nil } }
    }

    func take(_ call: LuaCall) throws(PlatformError) {
      let file = call.position?.chunk ?? "platforms"
      let line = call.position?.line
      do throws(DeclarationProblem) {
        let declared = DeclaredPlatform(file: file, line: line, declaration: try .init(call.arguments))
        found.withLock { $0 = $0.map { $0 + [declared] } }
      } catch {
        let problem = PlatformError(file: file, line: line, .declaration(error))
        found.withLock { if case .success = $0 { $0 = .failure(problem) } }
        throw problem
      }
    }

    func collect() throws(PlatformError) -> [DeclaredPlatform] {
      let result = found.withLock { found in
        defer { found = .success([]) }
        return found
      }
      return try result.get()
    }
  }
}
