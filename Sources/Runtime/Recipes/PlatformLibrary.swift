import Hosts
import Lua
import Synchronization

/// Platforms from one source.
package enum PlatformLayer: Sendable {
  case folder(String)
  /// Already in memory; the name is the file's name in messages.
  case files([(name: String, bytes: [UInt8])])
}

/// Reads platforms from their Lua files.
package enum PlatformLibrary {
  /// - Parameter layers: as in ``RecipePlaces/platformLayers(with:)``. A platform replaces a platform of the same name
  ///   in an earlier layer, and may inherit from it through `like`.
  /// - Returns: the platforms in the order of detection.
  /// - Throws: ``PlatformError``.
  package static func load(_ layers: [PlatformLayer]) async throws(PlatformError) -> [Platform] {
    let machine: LuaMachine
    do { machine = try LuaMachine(limits: .declarations, name: "platforms") } catch {
      throw PlatformError(file: "platforms", .unreadable("\(error)"))
    }
    let declared: Result<[[DeclaredPlatform]], PlatformError>
    do throws(PlatformError) { declared = .success(try await read(layers, in: machine)) } catch {
      declared = .failure(error)
    }
    await machine.close()
    return try PlatformLayers.resolve(try declared.get())
  }

  package static func load(_ folders: [String]) async throws(PlatformError) -> [Platform] {
    try await load(folders.map { .folder($0) })
  }

  /// The declarations of each layer, in order. One machine reads all files, each with its own globals.
  private static func read(
    _ layers: [PlatformLayer], in machine: LuaMachine
  ) async throws(PlatformError) -> [[DeclaredPlatform]] {
    let calls = Calls()
    await machine.define(
      "platform",
      .immediate(takesPosition: true) { call in
        try calls.take(call)
        return []
      })
    var result: [[DeclaredPlatform]] = []
    for layer in layers {
      var declared: [DeclaredPlatform] = []
      for (name, source) in try files(of: layer) { declared += try await read(name, source, in: machine, calls) }
      result.append(declared)
    }
    return result
  }

  private static func files(of layer: PlatformLayer) throws(PlatformError) -> [(name: String, bytes: [UInt8])] {
    switch layer {
    case .files(let files): return files
    case .folder(let folder):
      var files: [(name: String, bytes: [UInt8])] = []
      for name in LocalFiles.luaFiles(in: folder) {
        let path = "\(folder)/\(name)"
        do { files.append((path, try LocalFiles.contents(of: path, limit: RecipeFinder.sizeLimit))) } catch {
          throw PlatformError(file: path, .unreadable(LocalFiles.reason(error)))
        }
      }
      return files
    }
  }

  private static func read(
    _ path: String, _ source: [UInt8], in machine: LuaMachine, _ calls: Calls
  ) async throws(PlatformError) -> [DeclaredPlatform] {
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

  /// The results of the calls of `platform` in one file. As in recipes, the first error stays.
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
