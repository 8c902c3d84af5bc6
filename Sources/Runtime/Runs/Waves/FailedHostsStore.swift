import Recipes
import SystemPackage

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The hosts on which the last run of each recipe failed, was undone or was not begun, in a file for each recipe.
package struct FailedHostsStore: Sendable {
  private struct Entry: Codable {
    var recipe: String
    var hosts: [String]
  }

  let folder: FilePath

  /// - Parameter journals: the folder of the journals; the files lie beside it.
  package init(beside journals: String) {
    folder = FilePath(journals).removingLastComponent().appending("failed")
  }

  /// - Returns: `nil` if no run of the recipe is remembered, or another account could have written the file.
  package func hosts(of recipe: String) -> [String]? {
    let path = file(of: recipe)
    guard OwnFiles.doubt(about: path.string) == nil,
      let bytes = try? LocalFiles.contents(of: path.string, limit: .max)
    else { return nil }
    let entry = try? JSONDecoder().decode(Entry.self, from: Data(bytes))
    return entry?.recipe == recipe ? entry?.hosts : nil
  }

  package func remember(_ hosts: [String], of recipe: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    try Journal.makeDirectory(folder)
    try DurableFile.write(Array(try encoder.encode(Entry(recipe: recipe, hosts: hosts))), to: file(of: recipe).string)
  }

  /// `/` of a shared recipe's name is no part of a file's name.
  private func file(of recipe: String) -> FilePath {
    folder.appending(recipe.replacing("/", with: "+") + ".json")
  }
}
