import Foundation

@testable import Inventory

/// A folder with inventories, removed after the test.
struct InventoryScene {
  let folder: URL

  static func with<T>(_ files: [String: String], _ body: (InventoryScene) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "inventory-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      let mode = text.hasPrefix("#!") ? 0o755 : 0o644
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }
    return try await body(InventoryScene(folder: folder))
  }

  func read(_ names: String...) async throws -> Inventory {
    try await InventorySource.read(names.map { InventorySource(folder.appending(path: $0).path) })
  }

  /// The message for a file that is no inventory, without the folder.
  static func message(_ name: String, _ text: String) async throws -> String {
    try await with([name: text]) { scene in
      do {
        _ = try await scene.read(name)
        return "no error"
      } catch { return "\(error)".replacing(scene.folder.path + "/", with: "") }
    }
  }
}
