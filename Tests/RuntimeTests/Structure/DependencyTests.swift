import Foundation
import Testing

/// Holds the folders of the runtime to the one direction that docs/architecture.md draws.
@Suite struct DependencyTests {
  /// For each folder, the folders whose types it may name.
  static let allowed: [String: Set<String>] = [
    "Lua": [],
    "Arguments": [],
    "Formats": ["Arguments"],
    "Hosts": ["Arguments", "Formats"],
    "Diagnosis": ["Arguments", "Formats", "Hosts"],
    "Primitives": ["Arguments", "Diagnosis", "Formats", "Hosts"],
    "Recipes": ["Arguments", "Diagnosis", "Formats", "Hosts", "Lua", "Primitives"],
    "Reference": ["Arguments", "Primitives", "Recipes"],
    "Sharing": ["Arguments", "Formats", "Lua", "Primitives", "Recipes"],
    "Runs": ["Arguments", "Diagnosis", "Formats", "Hosts", "Lua", "Primitives", "Recipes", "Sharing"],
  ]

  /// Values that have left Lua: everybody may know them, nobody can reach a machine through them.
  static let values: Set<String> = ["LuaValue", "LuaTable", "LuaObject", "LuaFunctionReference"]

  static let runtime = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Runtime")

  struct Source {
    var folder: String
    var name: String
    var text: String
  }

  static func sources() throws -> [Source] {
    let paths = try #require(FileManager.default.subpaths(atPath: runtime.path)).filter { $0.hasSuffix(".swift") }
    return try paths.map { path in
      let text = try String(contentsOf: runtime.appending(path: path), encoding: .utf8)
      let code = text.split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.drop(while: \.isWhitespace).hasPrefix("//") }.joined(separator: "\n")
        .replacing(/#*"""[\s\S]*?"""#*/, with: "")
        .replacing(/"(?:[^"\\\n]|\\.)*"/, with: "")
      return Source(folder: String(path.prefix(while: { $0 != "/" })), name: path, text: code)
    }
  }

  @Test func `every folder names only types of the folders below it`() throws {
    let sources = try Self.sources()
    let declaration =
      /^(?:public |package |private |fileprivate )?(?:final |indirect )?(?:struct|class|enum|actor|protocol) ([A-Z]\w*)/
      .anchorsMatchLineEndings()
    var owners: [String: String] = [:]
    for source in sources {
      for match in source.text.matches(of: declaration) where !match.0.hasPrefix("private") {
        owners[String(match.1)] = source.folder
      }
    }
    #expect(owners.count > 50)
    let nested = /(?:struct|class|enum|actor|protocol|typealias|case|var) ([A-Z]\w*)/
    let own = Dictionary(grouping: sources, by: \.folder).mapValues { sources in
      Set(sources.flatMap { $0.text.matches(of: nested).map { String($0.1) } })
    }
    var wrong: [String] = []
    for source in sources {
      let allowed = try #require(Self.allowed[source.folder], "\(source.folder) has no place in the order yet")
      for word in Set(source.text.matches(of: /\b[A-Z]\w+/).map { String($0.0) }).sorted() {
        guard let owner = owners[word], owner != source.folder, !Self.values.contains(word),
          own[source.folder]?.contains(word) != true
        else { continue }
        if !allowed.contains(owner) { wrong.append("\(source.name) names \(word) of \(owner)") }
      }
    }
    #expect(wrong == [])
  }

  @Test func `only the Lua folder imports CLua`() throws {
    let importers = try Self.sources().filter { $0.text.contains("import CLua") }.map(\.folder)
    #expect(Set(importers).isSubset(of: ["Lua"]))
  }

  @Test func `no file is longer than 400 lines`() throws {
    let long = try Self.sources().filter { $0.text.split(separator: "\n").count > 400 }.map(\.name)
    #expect(long == [])
  }
}
