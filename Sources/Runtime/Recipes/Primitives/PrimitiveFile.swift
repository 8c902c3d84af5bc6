/// The file of a primitive written in Lua.
package struct PrimitiveFile: Sendable, Hashable {
  package enum Origin: Sendable, Hashable {
    case bundled
    /// From the repository of this name; only its recipes can call the primitive.
    case shared(repository: String)
    /// From the user's folder, or from the folder beside a recipe of the user.
    case user
  }

  /// The primitive's name: the file's name without `.lua`.
  package var name: String
  /// The name in messages: `primitives/service.lua`.
  package var path: String
  package var bytes: [UInt8]
  package var origin: Origin

  package init(name: String, path: String, bytes: [UInt8], origin: Origin) {
    self.name = name
    self.path = path
    self.bytes = bytes
    self.origin = origin
  }
}

/// Primitives from one source, with their modules.
package struct PrimitiveLayer: Sendable, Hashable {
  package var origin: PrimitiveFile.Origin
  /// By path in the folder of primitives; `nil` to read from ``folder``.
  private var files: [String: [UInt8]]?
  private var folder: String

  package init(folder: String, _ origin: PrimitiveFile.Origin) {
    self.origin = origin
    self.folder = folder
  }

  /// - Parameter files: by path in the folder of primitives.
  package init(files: [String: [UInt8]], repository: String) {
    origin = .shared(repository: repository)
    folder = "\(repository)/primitives"
    self.files = files
  }

  /// The names of the primitives, sorted; modules in subfolders are left out.
  package var names: [String] {
    let all = files.map { Array($0.keys) } ?? LocalFiles.luaFiles(in: folder)
    return all.filter { $0.hasSuffix(".lua") && !$0.contains("/") }.map { String($0.dropLast(4)) }
      .filter(RecipeFinder.isRecipeName).sorted()
  }

  /// - Parameter path: in the folder of primitives.
  /// - Returns: `nil` if there is no such file.
  /// - Throws: `Errno`.
  func contents(_ path: String) throws -> [UInt8]? {
    if let files { return files[path] }
    let full = "\(folder)/\(path)"
    do { return try LocalFiles.contents(of: full, limit: RecipeFinder.sizeLimit) } catch {
      guard LocalFiles.isMissing(error) else { throw error }
      return nil
    }
  }

  /// The name of a file in messages.
  func shown(_ path: String) -> String {
    origin == .bundled ? "primitives/\(path)" : "\(folder)/\(path)"
  }
}
