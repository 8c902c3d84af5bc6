import Foundation

extension ShellHost {
  /// Path, kind, mode, and what is in it or what the link says; without what is a watchdog's.
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

  /// What of a watchdog or of its work there is.
  func traces() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: home).filter { $0.hasPrefix(".ssh-recipes.") }
  }
}
