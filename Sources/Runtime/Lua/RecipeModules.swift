#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Finds the modules required by a recipe: `keys.agent` is `keys/agent.lua` in the recipe's own folder.
///
/// Links may point only inside the folder. Only regular files of at most 1 MB are read.
package struct RecipeModules: Sendable {
  private let folder: String
  /// By path in the folder; `nil` to read modules from the disk.
  private let files: [String: [UInt8]]?
  private let shown: String
  private static let largest = 1 << 20

  /// - Parameters:
  ///   - folder: the recipe's folder.
  ///   - shown: the folder's name in messages and tracebacks; empty for relative names.
  package init(folder: String, shownAs shown: String = "") {
    self.folder = folder
    files = nil
    self.shown = shown.isEmpty || shown.hasSuffix("/") ? shown : shown + "/"
  }

  /// Modules already in memory, so that exactly the checked bytes are loaded.
  ///
  /// - Parameter files: all files of the recipe's folder, by relative path.
  package init(files: [String: [UInt8]], shownAs shown: String) {
    folder = shown
    self.files = files
    self.shown = shown + "/"
  }

  /// The loader for ``LuaMachine/setModules(_:)``.
  ///
  /// - Throws: `LuaMisuse` of kind `module` with the missing path.
  package func load(_ name: String) throws -> (source: [UInt8], chunkName: String)? {
    let relative = name.replacing(".", with: "/") + ".lua"
    let wanted = "\(folder)/\(relative)"
    func refuse(_ why: String) -> LuaMisuse {
      LuaMisuse(kind: .module, message: "module '\(name)' \(why) (looked for \(wanted))")
    }
    if let files {
      guard let source = files[relative] else { throw refuse("not found") }
      guard source.count <= Self.largest else { throw refuse("is larger than 1 MB") }
      return (source, shown + relative)
    }
    guard let root = Self.resolve(folder) else { throw refuse("not found: the recipe's folder does not exist") }
    guard let path = Self.resolve(wanted) else { throw refuse("not found") }
    guard path.hasPrefix(root == "/" ? root : root + "/") else {
      throw refuse("is a link that leads out of the recipe's folder")
    }
    // Without O_NONBLOCK, a named pipe would wait for a writer. O_NOFOLLOW, since the path is already resolved.
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw refuse("cannot be read: \(String(cString: strerror(errno)))") }
    defer { _ = Self.close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw refuse("is not a regular file")
    }
    guard let source = Self.read(descriptor, atMost: Self.largest) else {
      throw refuse("cannot be read: \(String(cString: strerror(errno)))")
    }
    guard source.count <= Self.largest else { throw refuse("is larger than 1 MB") }
    return (source, shown + relative)
  }

  /// Whether `require` accepts the name: lower-case letters, digits and `_`, in parts separated by dots.
  static func isName(_ name: String) -> Bool {
    name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
      !part.isEmpty && part.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
    }
  }

  private static func resolve(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Reads at most one byte more than `limit`, so that the caller notices a larger file; `nil` on an error.
  private static func read(_ descriptor: Int32, atMost limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = readBytes(descriptor, &buffer)
      if count < 0 { return nil }
      if count == 0 { break }
      bytes += buffer.prefix(count)
    }
    return bytes
  }

  private static func readBytes(_ descriptor: Int32, _ buffer: inout [UInt8]) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, &buffer, buffer.count)
    #elseif canImport(Musl)
      Musl.read(descriptor, &buffer, buffer.count)
    #else
      Darwin.read(descriptor, &buffer, buffer.count)
    #endif
  }

  private static func close(_ descriptor: Int32) -> Int32 {
    #if canImport(Glibc)
      Glibc.close(descriptor)
    #elseif canImport(Musl)
      Musl.close(descriptor)
    #else
      Darwin.close(descriptor)
    #endif
  }
}
