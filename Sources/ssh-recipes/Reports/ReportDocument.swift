#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A report's file: a command with its hosts, steps and failures, and the journals for an undo elsewhere. Described in
/// docs/events.md; keys may be added, and no key changes meaning within a version.
struct ReportDocument: Codable, Equatable {
  static let schema = "ssh-recipes/report/1"

  var schema = ReportDocument.schema
  /// The version of the program.
  var program = Version.own
  /// The IDs in the history: of one command or, after a merge, of several.
  var ids: [String]
  var recipe: String
  var summary: String
  var plan: Bool
  var undo: Bool
  var outcome: String
  var status: Int
  var began: Date
  var milliseconds: Int
  /// `nil` without `--shard`.
  var shards: Shards?
  /// In the order of the command line; after work on this computer, also `here`.
  var hosts: [Host]
  var failures: [FailureDocument]
  var notBegun: [String]
  /// The hosts for another try.
  var unfinished: [String]
  var irrevocable: [String]
  var leftAlone: Int
  var kept: Int
  var caught: Int
  var manual: [Manual]
  var warnings: [String]
  var next: [String]
  var journals: [JournalCopy]

  struct Shards: Codable, Equatable {
    var of: Int
    var present: [Int]

    var missing: [Int] { (1...max(1, of)).filter { !present.contains($0) } }
  }

  struct Host: Codable, Equatable {
    enum Result: String, Codable, CaseIterable {
      case changed, unchanged, pending, failed
      case notBegun = "not-begun"
    }

    var host: String
    var result: Result
    var platform: String?
    var method: String?
    var attempts: Int
    /// From the beginning of the command.
    var began: Int
    var milliseconds: Int
    var changed: Int
    var perhaps: Int
    var rolledBack: Int
    var unchanged: Int
    var undoable: Int
    var steps: [Step]
    var notes: [String]
  }

  struct Step: Codable, Equatable {
    /// `nil` before the recipe's first step.
    var title: String?
    var calls: [Call]
  }

  struct Call: Codable, Equatable {
    var id: Int
    var primitive: String
    var state: String
    var good: Bool?
    var what: String
    var diff: String?
    var position: String?
    var milliseconds: Int
    var failure: FailureDocument?
  }

  struct Manual: Codable, Equatable {
    var title: String
    var answer: String
  }

  /// A run's journal, line by line.
  struct JournalCopy: Codable, Equatable {
    var run: String
    var lines: [String]
  }
}

extension ReportDocument {
  func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.dateEncodingStrategy = .iso8601
    return Array(try encoder.encode(self)) + [0x0A]
  }

  static func decoded(_ bytes: [UInt8]) throws -> ReportDocument {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(ReportDocument.self, from: Data(bytes))
  }
}
