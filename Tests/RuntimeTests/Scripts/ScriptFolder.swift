import Foundation
import Scripts

/// The files of `Sources/Runtime/Scripts`, as they are on the disk.
enum ScriptFolder {
  static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Runtime/Scripts").path

  /// Their paths in the folder, without `.sh`.
  static let files = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
    .filter { $0.hasSuffix(".sh") }.map { String($0.dropLast(3)) }.sorted()
  static let libraries = files.filter { $0.hasPrefix("lib/") }
  static let scripts = files.filter { !$0.hasPrefix("lib/") }

  /// The lines of `ShellScripts.swift`, without indentation.
  static let lines =
    (try? String(contentsOfFile: "\(path)/ShellScripts.swift", encoding: .utf8))?
    .split(separator: "\n").map { $0.drop { $0 == " " } } ?? []

  /// The scripts that are sent as one line.
  static let oneLiners = scripts.filter { script in
    lines.contains { $0.contains("oneLine(") && $0.contains(resource(script) + ")") }
  }

  static func text(_ file: String) throws -> String {
    try String(contentsOfFile: "\(path)/\(file).sh", encoding: .utf8)
  }

  /// A script behind its libraries, as it is sent.
  static func composed(_ script: String) throws -> String {
    ScriptComposition.text(of: try text(script)) { library in
      try? String(contentsOfFile: "\(path)/\(library)", encoding: .utf8)
    }
  }

  /// What SwiftPM calls the contents of a file.
  static func resource(_ file: String) -> String { "PackageResources.\(name(file).replacing("-", with: "_"))_sh" }

  static func name(_ file: String) -> String { file.split(separator: "/").last.map(String.init) ?? "" }
}
