import Contract
import Lua
import Values

/// A recipe's primitives written in Lua, read and checked.
package struct PrimitiveLibrary: Sendable {
  /// A primitive written in Lua.
  package struct Entry: Sendable {
    package let file: PrimitiveFile
    package let declaration: PrimitiveDeclaration
    package let primitive: Primitive
  }

  /// By name.
  package let entries: [String: Entry]
  private let layers: [PrimitiveLayer]

  package static let empty = PrimitiveLibrary(entries: [:], layers: [])

  private init(entries: [String: Entry], layers: [PrimitiveLayer]) {
    self.entries = entries
    self.layers = layers
  }

  /// Sorted by name.
  package var primitives: [Primitive] { entries.values.map(\.primitive).sorted { $0.name < $1.name } }

  /// - Parameters:
  ///   - layers: the bundled primitives first. A later layer replaces primitives of earlier layers, but not
  ///     bundled primitives.
  ///   - builtIn: the primitives in Swift, whose names are taken.
  /// - Throws: ``PrimitiveError``.
  package static func load(
    _ layers: [PrimitiveLayer], besides builtIn: Catalogue
  ) async throws(PrimitiveError) -> PrimitiveLibrary {
    let machine: LuaMachine
    do { machine = try LuaMachine(limits: .declarations, name: "primitives") } catch {
      throw PrimitiveError(file: "primitives", .unreadable("\(error)"))
    }
    let result: Result<PrimitiveLibrary, PrimitiveError>
    do throws(PrimitiveError) { result = .success(try await read(layers, builtIn, in: machine)) } catch {
      result = .failure(error)
    }
    await machine.close()
    return try result.get()
  }

  private static func read(
    _ layers: [PrimitiveLayer], _ builtIn: Catalogue, in machine: LuaMachine
  ) async throws(PrimitiveError) -> PrimitiveLibrary {
    let reader = PrimitiveReader()
    await reader.define(in: machine)
    let modules = PrimitiveLibrary(entries: [:], layers: layers)
    await machine.setModules { try modules.module($0) }
    // A run refuses new globals as well.
    await machine.sealGlobals()
    var entries: [String: Entry] = [:]
    var branch = 0
    for layer in layers {
      for file in try files(of: layer) where !isCopy(file, of: entries[file.name]?.file) {
        if let owner = owner(of: file.name, builtIn, entries) {
          throw PrimitiveError(file: file.path, .taken(file.name, by: owner))
        }
        branch += 1
        let declaration = try await reader.read(file, in: machine, branch: branch)
        entries[file.name] = Entry(
          file: file, declaration: declaration, primitive: declaration.primitive(in: file.path))
      }
    }
    return PrimitiveLibrary(entries: entries, layers: layers)
  }

  private static func files(of layer: PrimitiveLayer) throws(PrimitiveError) -> [PrimitiveFile] {
    var files: [PrimitiveFile] = []
    for name in layer.names {
      let path = layer.shown(name + ".lua")
      do {
        guard let bytes = try layer.contents(name + ".lua") else { continue }
        files.append(PrimitiveFile(name: name, path: path, bytes: bytes, origin: layer.origin))
      } catch { throw PrimitiveError(file: path, .unreadable(LocalFiles.reason(error))) }
    }
    return files
  }

  /// Whether the file is the same as a bundled primitive, as in a checkout of this program.
  private static func isCopy(_ file: PrimitiveFile, of other: PrimitiveFile?) -> Bool {
    other?.origin == .bundled && other?.bytes == file.bytes
  }

  private static let fieldsOfHosts = ["name", "role", "user", "address", "port"]

  private static func owner(of name: String, _ builtIn: Catalogue, _ entries: [String: Entry]) -> String? {
    if builtIn[name] != nil { return "a built-in primitive" }
    if entries[name]?.file.origin == .bundled { return "a bundled primitive" }
    return fieldsOfHosts.contains(name) ? "a field of hosts" : nil
  }

  /// The module for `require "primitives.NAME"`, in the folders of primitives. A bundled module comes first, so that no
  /// other file can replace a bundled module.
  ///
  /// - Returns: `nil` for a name without `primitives.` at the front.
  /// - Throws: `LuaMisuse` of kind `module`.
  package func module(_ name: String) throws -> (source: [UInt8], chunkName: String)? {
    guard name.hasPrefix("primitives."), !layers.isEmpty else { return nil }
    let path = String(name.dropFirst("primitives.".count)).replacing(".", with: "/") + ".lua"
    for layer in layers {
      if let bytes = try layer.contents(path) { return (bytes, layer.shown(path)) }
    }
    throw LuaMisuse(kind: .module, message: "module '\(name)' not found among the primitives")
  }
}

extension PrimitiveDeclaration {
  fileprivate func primitive(in file: String) -> Primitive {
    let name = name
    return Primitive(
      declared: name, summary, in: file, needs: Permission.allCases.filter(needs.contains),
      perhaps: Permission.allCases.filter(perhaps.contains), parameters, results: results, done: done, example: example
    ) { context, arguments in try await context.services.decision(of: name, arguments, in: context) }
  }
}
