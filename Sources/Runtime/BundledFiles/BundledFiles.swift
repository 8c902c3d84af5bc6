import Foundation
import PackagePlugin

/// Lists the files of the folder `recipes` for `BuiltInRecipes`, so that a new one needs no line in Swift. SwiftPM embeds
/// the contents.
@main struct BundledFiles: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
    let folder = context.package.directoryURL.appending(path: "recipes")
    let paths = (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { $0.hasSuffix(".lua") }.sorted()
    let entries = paths.map { path in
      let name = path.split(separator: "/").last ?? ""
      return "    \"\(path)\": PackageResources.\(name.replacingOccurrences(of: ".", with: "_")),"
    }
    let lines = ["extension BuiltInRecipes {", "  static let listed: [String: [UInt8]] = ["] + entries + ["  ]", "}"]
    let output = context.pluginWorkDirectoryURL.appending(path: "BuiltInRecipes+Files.swift")
    return [
      .buildCommand(
        displayName: "List the bundled recipes", executable: URL(filePath: "/bin/sh"),
        arguments: ["-c", "printf '%s\\n' \"$@\" >\"$0\"", output.path] + lines, outputFiles: [output])
    ]
  }
}
