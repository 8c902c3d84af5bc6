import Foundation
import Testing

extension ShellHost {
  func path(_ name: String) -> String { home + "/" + name }

  /// Writes a file, and makes the folders above it.
  ///
  /// - Returns: its path.
  @discardableResult
  func put(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
    try put(name, Array(text.utf8), mode: mode)
  }

  @discardableResult
  func put(_ name: String, _ bytes: [UInt8], mode: Int = 0o644) throws -> String {
    let file = URL(fileURLWithPath: path(name))
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    return file.path
  }

  func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path(name)))) }

  /// The names in the home, hidden ones too.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: home).sorted() }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(name))), as: UTF8.self)
  }

  func mode(_ name: String) throws -> String {
    let attributes = try FileManager.default.attributesOfItem(atPath: path(name))
    let bits = try #require(attributes[.posixPermissions] as? Int)
    return String(bits, radix: 8)
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// Path, kind, mode, and contents or the link's target of each file; without those of a watchdog.
  func tree() throws -> [String] {
    let files = FileManager.default
    let paths = files.enumerator(atPath: home)?.compactMap { $0 as? String } ?? []
    return try paths.filter { !$0.hasPrefix(".ssh-recipes.") }.sorted().map { path in
      let full = home + "/" + path
      if let link = try? files.destinationOfSymbolicLink(atPath: full) { return "\(path) -> \(link)" }
      var isDirectory: ObjCBool = false
      _ = files.fileExists(atPath: full, isDirectory: &isDirectory)
      return try "\(path) \(mode(path)) " + (isDirectory.boolValue ? "/" : text(path))
    }
  }

  /// The files of a watchdog that are left.
  func traces() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: home).filter { $0.hasPrefix(".ssh-recipes.") }
  }
}
