import Foundation
import TestSupport
import Testing

@testable import Inventory

/// ansible-core, the reference for inventories, in the folder where `.ci/setup test` installs it.
enum Ansible {
  static let python: String = {
    let environment = ProcessInfo.processInfo.environment
    let cache = environment["XDG_CACHE_HOME"] ?? (environment["HOME"] ?? "") + "/.cache"
    return cache + "/ssh-recipes/ansible/bin/python"
  }()

  static var isThere: Bool { FileManager.default.isExecutableFile(atPath: python) }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  struct Question: Encodable {
    var inventory: [String]
    var patterns: [String] = []
  }

  struct Answer: Decodable {
    var list: JSONTree?
    var hosts: [[String]?]
  }

  static func answers(to questions: [Question]) throws -> [Answer] {
    let file = FileManager.default.temporaryDirectory.appending(path: "questions-\(UUID().uuidString).json")
    try JSONEncoder().encode(questions).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = "exec \"$0\" \"$1\" < \"$2\""
    let driver = root.appending(path: "Tests/Support/ansible-answers.py").path
    let outcome = try ChildProcess.run(
      "/bin/sh", ["-c", script, python, driver, file.path],
      environment: ["HOME": NSTemporaryDirectory(), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"],
      folder: NSTemporaryDirectory())
    try #require(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode([Answer].self, from: Data(outcome.output))
  }
}

/// Any JSON, read by Foundation and not by the reader under test.
enum JSONTree: Decodable, Equatable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONTree])
  case table([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let flag = try? value.decode(Bool.self) {
      self = .flag(flag)
    } else if let number = try? value.decode(Double.self) {
      self = .number(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let list = try? value.decode([JSONTree].self) {
      self = .list(list)
    } else {
      let table = try value.decode([String: JSONTree].self)
      self = table.count == 1 ? table["__ansible_unsafe"] ?? .table(table) : .table(table)
    }
  }

  init(_ value: InventoryValue) {
    switch value {
    case .null: self = .null
    case .boolean(let flag): self = .flag(flag)
    case .integer(let number): self = .number(Double(number))
    case .number(let number): self = .number(number)
    case .text(let text): self = .text(text)
    case .list(let items): self = .list(items.map { JSONTree($0) })
    case .table(let table): self = .table(table.values.mapValues { JSONTree($0) })
    case .vault: self = .text("(vault)")
    }
  }

  var table: [String: JSONTree] { if case .table(let table) = self { table } else { [:] } }
  var names: [String] {
    guard case .list(let items) = self else { return [] }
    return items.compactMap { if case .text(let text) = $0 { text } else { nil } }
  }
}
