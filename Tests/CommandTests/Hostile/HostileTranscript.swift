import Foundation
import Testing

/// What a person would see of a case: commands, what they said, how they ended.
struct HostileTranscript {
  private(set) var text = ""

  mutating func add(_ arguments: [String], _ result: Program.Result) {
    text +=
      "$ ssh-recipes \(arguments.joined(separator: " "))\n\(result.output)\(result.complaints)[\(result.status)]\n"
  }

  /// The part of a fixture under `# NAME`.
  static func expected(_ name: String, in file: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/hostile")
    let text = try String(contentsOf: folder.appending(path: "\(file).txt"), encoding: .utf8)
    let parts = ("\n" + text).components(separatedBy: "\n# ").dropFirst()
    let part = try #require(parts.first { $0.hasPrefix(name + "\n") }, "no \"\(name)\" in \(file).txt")
    return part.dropFirst(name.count + 1).trimmingCharacters(in: .newlines) + "\n"
  }
}
